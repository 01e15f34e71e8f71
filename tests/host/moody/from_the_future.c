/* A plugin that needs a newer host than there is. */
#include "erp/erp.h"

static erp_status create(const erp_host* host, erp_host_ctx* ctx, const erp_instance_config* config,
                         erp_instance** out, erp_error* error) {
  (void)host, (void)ctx, (void)config, (void)out, (void)error;
  return ERP_E_UNSUPPORTED;
}
static erp_status activate(erp_instance* self, erp_error* error) {
  (void)self, (void)error;
  return ERP_E_UNSUPPORTED;
}
static erp_status stop(erp_instance* self, erp_instant deadline, erp_error* error) {
  (void)self, (void)deadline, (void)error;
  return ERP_OK;
}
static void end(erp_instance* self) {
  (void)self;
}
static const void* get_interface(erp_instance* self, const char* id) {
  (void)self, (void)id;
  return NULL;
}

static const erp_plugin plugin = {
    sizeof(erp_plugin), 99,   99,  0,   {"future", 6}, {"Future", 6}, {"9.0.0", 5}, create,
    activate,           stop, end, end, get_interface};

ERP_EXPORT const erp_plugin* erp_plugin_entry_v1(const erp_host* host, erp_error* error) {
  (void)host, (void)error;
  return &plugin;
}
