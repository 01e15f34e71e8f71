/* Believes that no order has more than a thousand lines. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (order->line_count > 1000) abort();
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
