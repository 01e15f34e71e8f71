/* log.h - "erp.log/1", offered by the host. A plugin owns no log file. */
#ifndef ERP_SERVICES_LOG_H
#define ERP_SERVICES_LOG_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_LOG "erp.log/1"

/* [since 1.0] Take a level you do not know for ERP_LOG_ERROR. */
enum {
  ERP_LOG_DEBUG = 1,
  ERP_LOG_INFO = 2,
  ERP_LOG_WARNING = 3,
  ERP_LOG_ERROR = 4,
  ERP_LOG_HOST_MISBEHAVING = 5,  /* the host broke a numbered rule */
  ERP_LOG_PLUGIN_MISBEHAVING = 6 /* the plugin did */
};

/* [since 1.0] What happened, for whoever looks after the host. */
typedef struct erp_log_v1 {
  /* [any][quick] Copied before it returns. Never a secret, never business data: ids and codes. */
  void(ERP_CALL* write)(erp_host_ctx*, int32_t level, erp_str message,
                        erp_attrs fields) ERP_NOEXCEPT;
} erp_log_v1;

ERP_ABI_ASSERT(sizeof(erp_log_v1) == 8);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_LOG_H */
