/* Says goodbye in destroy(), when the host has let go of its services. */
#include "healthy.h"

static void ERP_CALL destroy_aloud(erp_instance* self) ERP_NOEXCEPT {
  say(self, ERP_LOG_INFO, "goodbye");
  destroy(self);
}

ANIMAL(.destroy = destroy_aloud)
