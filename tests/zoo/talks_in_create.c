/* Greets the host before it may. */
#include "healthy.h"

static erp_status ERP_CALL create_aloud(const erp_host* host, erp_host_ctx* ctx,
                                        const erp_instance_config* config, erp_instance** out,
                                        erp_error* error) ERP_NOEXCEPT {
  const erp_status status = create(host, ctx, config, out, error);
  if (status >= 0) say(*out, ERP_LOG_INFO, "created");
  return status;
}

ANIMAL(.create = create_aloud)
