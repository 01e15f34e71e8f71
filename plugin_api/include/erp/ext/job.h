/* job.h - "erp.job/1", offered by a plugin: the work that takes time. The host decides when it
 * runs. */
#ifndef ERP_EXT_JOB_H
#define ERP_EXT_JOB_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_JOB "erp.job/1"
#define ERP_JOB_DELIVER "deliver" /* sends what is due; every plugin with an outbox calls it so */

/* [since 1.0] */
typedef struct erp_job_v1 {
  /* [any][quick] Writes a JSON array of {"name","summary"}. */
  erp_status(ERP_CALL* list)(erp_instance*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
  /* [any][may-block] Runs beside everything else of the instance, a person's connect too; the host
   * runs one job of an instance at a time. Returns by `deadline`, or soon after stop(). The job
   * "deliver" writes
   * {"delivered":n,"blocked":n,"waiting":n,"next_due":instant|null}: delivered in this run;
   * blocked (a person must act) and waiting are what is open afterwards; next_due the earliest time
   * at which one of them may go out. ERP_E_NOT_CONNECTED, ERP_E_CONFIG: nothing can be delivered
   * until a person acts. */
  erp_status(ERP_CALL* run)(erp_instance*, erp_str job, erp_instant deadline,
                            const erp_sink* report, erp_error*) ERP_NOEXCEPT;
} erp_job_v1;

ERP_ABI_ASSERT(sizeof(erp_job_v1) == 16);

ERP_EXTERN_C_END
#endif /* ERP_EXT_JOB_H */
