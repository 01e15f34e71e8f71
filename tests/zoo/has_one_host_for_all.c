/* Keeps the host_ctx in a static variable: that of the last instance serves for all. */
#include "healthy.h"

static erp_host_ctx* the_one;

static erp_status ERP_CALL create_one(const erp_host* host, erp_host_ctx* ctx,
                                      const erp_instance_config* config, erp_instance** out,
                                      erp_error* error) ERP_NOEXCEPT {
  the_one = ctx;
  return create(host, ctx, config, out, error);
}

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  const erp_log_v1* log = self->host->get_service(the_one, ERP_SERVICE_LOG);
  if (log != NULL)
    log->write(the_one, ERP_LOG_INFO, (erp_str){"an order came", 13}, (erp_attrs){NULL, 0});
  return on_po_ordered(self, event, order, error);
}
static const erp_procurement_v1 sick_hooks = {on_part_saved, on_ordered, on_po_received};
static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  return strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0 ? &sick_hooks : get_interface(self, id);
}

ANIMAL(.create = create_one, .get_interface = sick_interface)
