/* Offers the hooks, and refuses whatever they are told. */
#include "healthy.h"

static erp_status refuse(erp_instance* self, erp_error* error) {
  if (atomic_load(&self->is_stopping)) return fail(error, ERP_E_SHUTTING_DOWN, "stopping");
  return fail(error, ERP_E_INVALID, "not today");
}
static erp_status ERP_CALL on_saved(erp_instance* self, const erp_event* event,
                                    const erp_part* part, erp_error* error) ERP_NOEXCEPT {
  (void)event;
  (void)part;
  return refuse(self, error);
}
static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  (void)event;
  (void)order;
  return refuse(self, error);
}
static erp_status ERP_CALL on_received(erp_instance* self, const erp_event* event,
                                       const erp_receipt* receipt, erp_error* error) ERP_NOEXCEPT {
  (void)event;
  (void)receipt;
  return refuse(self, error);
}
static const erp_procurement_v1 sick_hooks = {on_saved, on_ordered, on_received};

ANIMAL_WITH_TABLE(ERP_INTERFACE_PROCUREMENT, sick_hooks)
