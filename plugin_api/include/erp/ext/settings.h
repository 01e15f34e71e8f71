/* settings.h - "erp.settings/1", offered by a plugin: what an administrator can set.
 * Values are one flat JSON object of strings. A property with "writeOnly": true is a secret: the
 * host keeps it in its secrets store under the key "setting/<name>" and never writes it to a
 * settings file; in the JSON handed over here it stands as the string "set", or is missing. */
#ifndef ERP_EXT_SETTINGS_H
#define ERP_EXT_SETTINGS_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_SETTINGS "erp.settings/1"

/* [since 1.0] */
typedef struct erp_settings_v1 {
  /* [any][quick] A JSON Schema (draft-07) of the object; every property has title and description.
   * Before activate too. */
  erp_status(ERP_CALL* schema)(erp_instance*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
  /* [any][quick] Is this object good as a whole? Each of its values satisfies the schema;
   * required ones may be missing, which the plugin may leave to the host to say. Before activate
   * too.
   * ERP_E_INVALID: the message says what to do, a line a setting, which begins with its name. */
  erp_status(ERP_CALL* validate)(erp_instance*, erp_str settings_json, erp_error*) ERP_NOEXCEPT;
  /* [serial][may-block] Between activate() and stop(): the settings have changed to these, which
   * validate() has taken; they hold for whatever is done from now on. At most 10 s. */
  erp_status(ERP_CALL* apply)(erp_instance*, erp_str settings_json, erp_error*) ERP_NOEXCEPT;
} erp_settings_v1;

ERP_ABI_ASSERT(sizeof(erp_settings_v1) == 24);

ERP_EXTERN_C_END
#endif /* ERP_EXT_SETTINGS_H */
