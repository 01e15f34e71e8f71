/* Takes only documents of exactly its own age. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (order->struct_size != sizeof *order)
    return fail(error, ERP_E_INVALID, "an order of another size");
  return on_po_ordered(self, event, order, error);
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
