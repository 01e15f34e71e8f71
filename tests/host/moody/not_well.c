/* Libraries that do not survive being looked at: each is built of this with one way defined. */
#include "erp/erp.h"

#include <stdlib.h>
#include <unistd.h>

#ifdef CRASHES_WHEN_LOADED
__attribute__((constructor)) static void crash(void) {
  abort();
}
#endif

ERP_EXPORT const erp_plugin* erp_plugin_entry_v1(const erp_host* host, erp_error* error) {
  (void)host, (void)error;
#if defined CRASHES_IN_ITS_ENTRY
  *(volatile int*)8 = 1;
#elif defined ENDS_THE_PROCESS
  exit(0);
#elif defined HANGS_IN_ITS_ENTRY
  for (;;)
    pause();
#endif
  return NULL;
}
