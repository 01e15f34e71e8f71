/* Takes an event that could not be written. */
#include "healthy.h"

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  const erp_status status = on_po_ordered(self, event, order, error);
  return status == ERP_E_STORAGE ? ERP_OK : status;
}

ANIMAL_WITH_ORDER_HOOK(on_ordered)
