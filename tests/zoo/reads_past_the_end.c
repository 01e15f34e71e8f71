/* Reads a field of tomorrow's host without a look at struct_size. */
#include "healthy.h"

typedef struct {
  erp_purchase_order today;
  int32_t is_urgent;
} order_of_tomorrow;

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (((const volatile order_of_tomorrow*)order)->is_urgent == 1)
    say(self, ERP_LOG_INFO, "an urgent order");
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
