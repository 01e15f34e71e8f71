/* Work in a constructor: whoever looks at the library has a file open ever after. */
#include "healthy.h"

static int log_of_its_own = -1;
__attribute__((constructor)) static void begin(void) {
  log_of_its_own = open("/dev/null", O_WRONLY);
}

ANIMAL(.reserved = 0)
