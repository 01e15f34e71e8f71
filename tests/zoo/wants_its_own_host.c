/* The entry takes exactly the host it was built with. */
#include "healthy.h"

ANIMAL_BODY(.reserved = 0)

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  if (healthy_entry(host, error) == NULL) return NULL;
  if (host->struct_size != sizeof *host) {
    fail(error, ERP_E_UNSUPPORTED, "this is not the host that this plugin was built for");
    return NULL;
  }
  return &animal;
}
