/* clock.h - "erp.clock/1", offered by the host: the only clock a plugin reads, so that tests can
 * turn it. */
#ifndef ERP_SERVICES_CLOCK_H
#define ERP_SERVICES_CLOCK_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_CLOCK "erp.clock/1"

/* [since 1.0] */
typedef struct erp_clock_v1 {
  /* [any][quick] The civil time; may be set back. */
  erp_instant(ERP_CALL* now)(erp_host_ctx*) ERP_NOEXCEPT;
  /* [any][quick] Microseconds since some start; never goes back. */
  int64_t(ERP_CALL* monotonic_us)(erp_host_ctx*) ERP_NOEXCEPT;
} erp_clock_v1;

ERP_ABI_ASSERT(sizeof(erp_clock_v1) == 16);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_CLOCK_H */
