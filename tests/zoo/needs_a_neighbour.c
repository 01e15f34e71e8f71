/* Needs a library that lies beside it, where nobody will put it. */
#include "healthy.h"

int neighbour(void);

static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  return neighbour() ? get_interface(self, id) : NULL;
}

ANIMAL(.get_interface = sick_interface)
