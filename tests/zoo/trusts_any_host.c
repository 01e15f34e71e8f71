/* The entry does not look whether the host is old. */
#include "healthy.h"

ANIMAL_BODY(.reserved = 0)

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  (void)host;
  (void)error;
  return &animal;
}
