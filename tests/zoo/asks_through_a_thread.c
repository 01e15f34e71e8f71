/* Calls the host on a thread of its own, which has ended before the hook returns. */
#include "healthy.h"

static void* greet(void* self) {
  say(self, ERP_LOG_INFO, "from a thread");
  return NULL;
}

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  pthread_t thread;
  if (pthread_create(&thread, NULL, greet, self) == 0) pthread_join(thread, NULL);
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
