/* Has nothing to do with any event, which is allowed: what cannot be seen then is not passed. */
#include "healthy.h"

static erp_status ERP_CALL on_saved(erp_instance* self, const erp_event* event,
                                    const erp_part* part, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)part;
  (void)error;
  return ERP_IGNORED;
}
static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)order;
  (void)error;
  return ERP_IGNORED;
}
static erp_status ERP_CALL on_received(erp_instance* self, const erp_event* event,
                                       const erp_receipt* receipt, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)receipt;
  (void)error;
  return ERP_IGNORED;
}
static const erp_procurement_v1 no_hooks = {on_saved, on_ordered, on_received};

ANIMAL_WITH_TABLE(ERP_INTERFACE_PROCUREMENT, no_hooks)
