/* schedule.h - "erp.schedule/1", offered by the host: how a plugin asks for one of its jobs. */
#ifndef ERP_SERVICES_SCHEDULE_H
#define ERP_SERVICES_SCHEDULE_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_SCHEDULE "erp.schedule/1"

/* [since 1.0] */
typedef struct erp_schedule_v1 {
  /* [any][quick] Run `job` at `due_at` or soon after. Of several requests for one job the earliest
   * counts, and a run uses up those that are due. Requests do not outlive the process: ask again in
   * activate(). May be called from a hook, and from the job itself. */
  erp_status(ERP_CALL* request)(erp_host_ctx*, erp_str job, erp_instant due_at,
                                erp_error*) ERP_NOEXCEPT;
} erp_schedule_v1;

ERP_ABI_ASSERT(sizeof(erp_schedule_v1) == 8);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_SCHEDULE_H */
