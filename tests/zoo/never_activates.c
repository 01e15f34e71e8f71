/* Finds a reason each time why it cannot start, whatever its settings are. */
#include "healthy.h"

static erp_status ERP_CALL decline(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  return fail(error, ERP_E_CONFIG, "the stars are not right");
}

ANIMAL(.activate = decline)
