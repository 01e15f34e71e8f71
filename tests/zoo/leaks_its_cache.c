/* Forgets to free what create() allocated. */
#include "healthy.h"

enum { cache_bytes = 16384 };
static void* volatile last_cache;

static erp_status ERP_CALL create_and_keep(const erp_host* host, erp_host_ctx* ctx,
                                           const erp_instance_config* config, erp_instance** out,
                                           erp_error* error) ERP_NOEXCEPT {
  last_cache = malloc(cache_bytes);
  return create(host, ctx, config, out, error);
}

ANIMAL(.create = create_and_keep)
