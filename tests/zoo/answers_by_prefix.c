/* Looks at the beginning of an interface's id only, so it offers versions that it does not have. */
#include "healthy.h"

static const void* ERP_CALL by_prefix(erp_instance* self, const char* id) ERP_NOEXCEPT {
  return strncmp(id, "erp.command", 11) == 0 ? &command : get_interface(self, id);
}

ANIMAL(.get_interface = by_prefix)
