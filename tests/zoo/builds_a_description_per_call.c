/* The entry fills in a description each time, and so answers another pointer. */
#include "healthy.h"

ANIMAL_BODY(.reserved = 0)

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  if (healthy_entry(host, error) == NULL) return NULL;
  erp_plugin* made = malloc(sizeof *made);
  if (made != NULL) memcpy(made, &animal, sizeof animal);
  return made;
}
