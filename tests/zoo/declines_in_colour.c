/* Writes what no terminal and no XML file should get; for the reports, not for one check. */
#include "healthy.h"

static erp_status ERP_CALL decline(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  return fail(error, ERP_E_CONFIG,
              "\x1b[31mno\x07 <caf"
              "\xe9> \xef\xbf\xbf");
}

ANIMAL(.activate = decline)
