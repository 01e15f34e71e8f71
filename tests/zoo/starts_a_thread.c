/* Keeps a thread of its own between activate() and deactivate(), tidily. */
#include "by_instance.h"

static void* linger(void* of) {
  const struct timespec nap = {0, 5 * 1000 * 1000};
  while (!atomic_load(&((pen*)of)->is_over))
    nanosleep(&nap, NULL);
  return NULL;
}

static erp_status ERP_CALL activate_with_thread(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  const erp_status status = activate(self, error);
  pen* own = status < 0 ? NULL : pen_of(self, 1);
  if (own != NULL && pthread_create(&own->thread, NULL, linger, own) != 0) leave(own);
  return status;
}

static void ERP_CALL deactivate_with_thread(erp_instance* self) ERP_NOEXCEPT {
  pen* own = pen_of(self, 0);
  if (own != NULL) {
    atomic_store(&own->is_over, 1);
    pthread_join(own->thread, NULL);
    leave(own);
  }
  deactivate(self);
}

ANIMAL(.activate = activate_with_thread, .deactivate = deactivate_with_thread)
