/* secrets.h - "erp.secrets/1", offered by the host: small values kept encrypted or otherwise out of
 * reach of others, private to the instance. Compare-and-swap, so that two processes cannot both
 * rotate a token. They may lie on another machine: that is why none of these is [quick], and why no
 * hook can ask for a secret. A key has at most 128 bytes, a value at most 65536. */
#ifndef ERP_SERVICES_SECRETS_H
#define ERP_SERVICES_SECRETS_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_SECRETS "erp.secrets/1"

/* [since 1.0] */
typedef struct erp_secrets_v1 {
  /* [any][may-block] ERP_E_NOT_FOUND: none. *version is needed to replace it. At most 10 s. */
  erp_status(ERP_CALL* get)(erp_host_ctx*, erp_str key, const erp_sink* out, uint64_t* version,
                            erp_error*) ERP_NOEXCEPT;
  /* [any][may-block] Durable when it returns ERP_OK. if_version 0: only if there is none; else only
   * if it still has that version (ERP_E_CONFLICT otherwise). new_version may be null. At most 10 s.
   */
  erp_status(ERP_CALL* put)(erp_host_ctx*, erp_str key, erp_str value, uint64_t if_version,
                            uint64_t* new_version, erp_error*) ERP_NOEXCEPT;
  /* [any][may-block] ERP_OK also if there was none. At most 10 s. */
  erp_status(ERP_CALL* erase)(erp_host_ctx*, erp_str key, erp_error*) ERP_NOEXCEPT;
} erp_secrets_v1;

ERP_ABI_ASSERT(sizeof(erp_secrets_v1) == 24);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_SECRETS_H */
