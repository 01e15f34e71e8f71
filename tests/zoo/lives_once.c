/* Not sick: an instance has one life, and a host that activates it twice breaks the contract. */
#include "by_instance.h"

static erp_status ERP_CALL activate_once(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  if (pen_of(self, 0) != NULL) abort();
  pen_of(self, 1);
  return activate(self, error);
}

static void ERP_CALL destroy_once(erp_instance* self) ERP_NOEXCEPT {
  pen* own = pen_of(self, 0);
  if (own != NULL) leave(own);
  destroy(self);
}

ANIMAL(.activate = activate_once, .destroy = destroy_once)
