/* connect.h - "erp.connect/1", offered by a plugin: an OAuth 2 connection. The host owns the
 * redirect URL. */
#ifndef ERP_EXT_CONNECT_H
#define ERP_EXT_CONNECT_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_CONNECT "erp.connect/1"

/* [since 1.0] Open type. What came back to the redirect URL, and what the administrator asked. */
typedef struct erp_connect_answer {
  uint32_t struct_size;
  uint32_t switch_company;  /* 1: a person said that this instance moves to another company */
  erp_str query;            /* as it came, still percent-encoded: code, state, realmId, error */
  erp_str required_company; /* absent, or the only company name to accept */
} erp_connect_answer;

/* [since 1.0] */
typedef struct erp_connect_v1 {
  /* [serial][may-block] Writes the URL to open in a browser, and nothing else. At most 30 s.
   * `redirect_uri` must be exactly the one registered. A second begin() makes the first one's state
   * worthless. */
  erp_status(ERP_CALL* begin)(erp_instance*, erp_str redirect_uri, const erp_sink* out,
                              erp_error*) ERP_NOEXCEPT;
  /* [serial][may-block] Writes {"company":{"id":..,"name":..}}. At most 120 s. On failure nothing
   * has changed: ERP_E_DENIED (refused consent, wrong company), ERP_E_INVALID (wrong or old state),
   * ERP_E_CONFIG, ERP_E_TIMEOUT. */
  erp_status(ERP_CALL* complete)(erp_instance*, const erp_connect_answer*, const erp_sink* out,
                                 erp_error*) ERP_NOEXCEPT;
  /* [any][quick] Writes {"connected":bool,"company":{..}|null,"reconnect_needed":bool}. */
  erp_status(ERP_CALL* status)(erp_instance*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
  /* [serial][may-block] Revokes at the remote side and wipes the tokens here; the tokens are wiped
   * even if the remote side cannot be reached (ERP_OK, with a notice). At most 60 s. What waits to
   * be sent goes on waiting. */
  erp_status(ERP_CALL* disconnect)(erp_instance*, erp_error*) ERP_NOEXCEPT;
} erp_connect_v1;

ERP_ABI_ASSERT(sizeof(erp_connect_answer) == 40);
ERP_ABI_ASSERT(sizeof(erp_connect_v1) == 32);

ERP_EXTERN_C_END
#endif /* ERP_EXT_CONNECT_H */
