/* Takes text for terminated. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (order->id.ptr != NULL && strlen(order->id.ptr) > 1000000)
    say(self, ERP_LOG_WARNING, "an order with a long id");
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
