/* Keeps the pointer to an order's number, to compare it with the next one's. */
#include "healthy.h"

static _Thread_local erp_str last_number;

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (last_number.len != 0 && last_number.ptr[0] == '\0')
    say(self, ERP_LOG_DEBUG, "the last order had no number");
  last_number = order->number;
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
