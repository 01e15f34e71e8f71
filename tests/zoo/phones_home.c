/* A hook that asks for the network. */
#include "healthy.h"

#include <sys/socket.h>

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  const int remote = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (remote >= 0) close(remote);
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
