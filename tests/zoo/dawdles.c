/* A hook that takes its time. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  const struct timespec nap = {0, 70 * 1000 * 1000};
  nanosleep(&nap, NULL);
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
