/* Linked without the version script, with a function that others could bind to. */
#include "healthy.h"

ERP_EXPORT int company_count(void);
int company_count(void) {
  return 1;
}

ANIMAL(.reserved = 0)
