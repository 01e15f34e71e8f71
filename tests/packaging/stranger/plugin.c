/* The least a plugin can be: it starts, offers nothing, and ends. */
#include <erp/erp.h>
#include <stdlib.h>

#ifndef STRANGER_ID
#define STRANGER_ID "stranger_c"
#endif
#ifndef STRANGER_VERSION
#define STRANGER_VERSION "1.0.0"
#endif
#ifndef STRANGER_NAME
#define STRANGER_NAME "A stranger's plugin"
#endif
#define LITERAL(text)                                                                              \
  { text, sizeof(text) - 1 }

struct erp_instance {
  int active;
};

static erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* ctx,
                                  const erp_instance_config* config, erp_instance** out,
                                  erp_error* error) {
  (void)host, (void)ctx, (void)config, (void)error;
  *out = calloc(1, sizeof **out);
  return *out ? ERP_OK : ERP_E_INTERNAL;
}

static erp_status ERP_CALL activate(erp_instance* self, erp_error* error) {
  (void)error;
  self->active = 1;
  return ERP_OK;
}

static erp_status ERP_CALL stop(erp_instance* self, erp_instant deadline, erp_error* error) {
  (void)self, (void)deadline, (void)error;
  return ERP_OK;
}

static void ERP_CALL deactivate(erp_instance* self) {
  self->active = 0;
}

static void ERP_CALL destroy(erp_instance* self) {
  free(self);
}

static const void* ERP_CALL get_interface(erp_instance* self, const char* id) {
  (void)self, (void)id;
  return NULL;
}

static const erp_plugin plugin = {sizeof(erp_plugin),
                                  ERP_ABI_MINOR,
                                  0,
                                  0,
                                  LITERAL(STRANGER_ID),
                                  LITERAL(STRANGER_NAME),
                                  LITERAL(STRANGER_VERSION),
                                  create,
                                  activate,
                                  stop,
                                  deactivate,
                                  destroy,
                                  get_interface};

ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host, erp_error* error) {
  (void)host, (void)error;
  return &plugin;
}
