/* Keeps its log beside data_dir, in a folder that nobody gave it. */
#include "healthy.h"

#include <sys/stat.h>

static erp_status ERP_CALL create_beside(const erp_host* host, erp_host_ctx* ctx,
                                         const erp_instance_config* config, erp_instance** out,
                                         erp_error* error) ERP_NOEXCEPT {
  const erp_status status = create(host, ctx, config, out, error);
  if (status < 0) return status;
  const size_t size = strlen((*out)->data_dir) + sizeof ".mine";
  char* beside = malloc(size);
  if (beside == NULL) abort();
  snprintf(beside, size, "%s.mine", (*out)->data_dir);
  free((*out)->data_dir);
  (*out)->data_dir = beside;
  return status;
}

static erp_status ERP_CALL activate_beside(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  (void)mkdir(self->data_dir, 0700);
  return activate(self, error);
}

ANIMAL(.create = create_beside, .activate = activate_beside)
