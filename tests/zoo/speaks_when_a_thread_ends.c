/* Calls the host when a thread of the host's ends on which its job ran: in no call at all. */
#include "healthy.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void goodbye(void* self) {
  say(self, ERP_LOG_INFO, "the thread ends");
}
static void make_key(void) {
  pthread_key_create(&key, goodbye);
}

static erp_status ERP_CALL run_and_remember(erp_instance* self, erp_str name, erp_instant deadline,
                                            const erp_sink* out, erp_error* error) ERP_NOEXCEPT {
  pthread_once(&once, make_key);
  pthread_setspecific(key, self);
  return run_job(self, name, deadline, out, error);
}
static const erp_job_v1 sick_job = {list_jobs, run_and_remember};

ANIMAL_WITH_TABLE(ERP_INTERFACE_JOB, sick_job)
