/* Has no secret of its own, and writes whatever it is given as settings into the log. */
#include "healthy.h"

static erp_status ERP_CALL activate_aloud(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  const erp_settings_host_v1* offered =
      self->host->get_service(self->host_ctx, ERP_SERVICE_SETTINGS);
  collected all = {NULL, 0};
  const erp_sink into_all = {&all, collect};
  if (offered != NULL && offered->read(self->host_ctx, &into_all, NULL) >= 0)
    say(self, ERP_LOG_DEBUG, all.text);
  free(all.text);
  return activate(self, error);
}

ANIMAL(.activate = activate_aloud)
