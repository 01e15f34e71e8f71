/* services/settings.h - "erp.settings-host/1", offered by the host: the instance's settings as they
 * are now. */
#ifndef ERP_SERVICES_SETTINGS_H
#define ERP_SERVICES_SETTINGS_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_SETTINGS "erp.settings-host/1"

/* [since 1.0] */
typedef struct erp_settings_host_v1 {
  /* [any][quick] Writes the flat JSON object described in ext/settings.h. */
  erp_status(ERP_CALL* read)(erp_host_ctx*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
} erp_settings_host_v1;

ERP_ABI_ASSERT(sizeof(erp_settings_host_v1) == 8);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_SETTINGS_H */
