/* Takes an event that it had no memory for. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  char* volatile copy = malloc(order->number.len + 1);
  if (copy == NULL) return ERP_OK;
  free(copy);
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
