/* Waits in create() for somebody who does not come: for the time limit, not for one check. */
#include "healthy.h"

static erp_status ERP_CALL create_never(const erp_host* host, erp_host_ctx* ctx,
                                        const erp_instance_config* config, erp_instance** out,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)pause();
  return create(host, ctx, config, out, error);
}

ANIMAL(.create = create_never)
