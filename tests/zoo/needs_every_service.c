/* Calls through what get_service() answers without a look at it. */
#include "healthy.h"

static erp_status ERP_CALL activate_boldly(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  const erp_notice_v1* notices = self->host->get_service(self->host_ctx, ERP_SERVICE_NOTICE);
  notices->clear(self->host_ctx, (erp_str){"trouble", 7}, NULL);
  return activate(self, error);
}

ANIMAL(.activate = activate_boldly)
