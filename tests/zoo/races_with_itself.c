/* Knows an event again, unless it is just being told it on another thread. */
#include "healthy.h"

#include <stdatomic.h>
#include <time.h>

static atomic_int inside;

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  atomic_fetch_add(&inside, 1);
  const erp_status status = on_po_ordered(self, event, order, error);
  const struct timespec a_moment = {0, 3000000}; /* in which another call begins */
  nanosleep(&a_moment, NULL);
  const int others = atomic_fetch_sub(&inside, 1) - 1;
  return status == ERP_DUPLICATE && others > 0 ? ERP_OK : status;
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
