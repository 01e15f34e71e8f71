/* A message in another encoding than UTF-8. */
#include "healthy.h"

static erp_status ERP_CALL run_no_job(erp_instance* self, erp_str name, erp_instant deadline,
                                      const erp_sink* report, erp_error* error) ERP_NOEXCEPT {
  if (equals(name, ERP_JOB_DELIVER)) return run_job(self, name, deadline, report, error);
  return fail(error, ERP_E_NOT_FOUND,
              "une t\xe2"
              "che inconnue");
}
static const erp_job_v1 sick_job = {list_jobs, run_no_job};

ANIMAL_WITH_TABLE(ERP_INTERFACE_JOB, sick_job)
