/* Asks the host for a secret while somebody saves an order: the vault may be far away. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  const erp_secrets_v1* secrets = self->host->get_service(self->host_ctx, ERP_SERVICE_SECRETS);
  collected key = {NULL, 0};
  const erp_sink into_key = {&key, collect};
  uint64_t version = 0;
  const erp_str name = TEXT("key");
  if (secrets != NULL) secrets->get(self->host_ctx, name, &into_key, &version, NULL);
  free(key.text);
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
