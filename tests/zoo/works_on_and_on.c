/* A job that looks at its own deadline only, and not at stop(). */
#include "healthy.h"

static erp_status ERP_CALL run_long(erp_instance* self, erp_str name, erp_instant deadline,
                                    const erp_sink* report, erp_error* error) ERP_NOEXCEPT {
  const erp_clock_v1* clock = self->host->get_service(self->host_ctx, ERP_SERVICE_CLOCK);
  const struct timespec nap = {0, 10 * 1000 * 1000};
  for (int naps = 0; clock != NULL && naps < 500 && clock->now(self->host_ctx) < deadline; ++naps)
    nanosleep(&nap, NULL);
  return run_job(self, name, deadline, report, error);
}
static const erp_job_v1 long_job = {list_jobs, run_long};

ANIMAL_WITH_TABLE(ERP_INTERFACE_JOB, long_job)
