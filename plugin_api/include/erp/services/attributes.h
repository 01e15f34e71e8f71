/* attributes.h - "erp.attributes/1", offered by the host: the users' own fields of purchase order
 * lines. */
#ifndef ERP_SERVICES_ATTRIBUTES_H
#define ERP_SERVICES_ATTRIBUTES_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_ATTRIBUTES "erp.attributes/1"

/* [since 1.0] */
typedef struct erp_attributes_v1 {
  /* [any][quick] Writes {"key":..,"kind":..,"options":[..]} of the attribute with exactly this
   * name, case and all; ERP_E_NOT_FOUND: there is none. A kind is "select" (one of the options),
   * "text", "number", "date" or "checkbox"; take one you do not know for "text". */
  erp_status(ERP_CALL* describe)(erp_host_ctx*, erp_str key, const erp_sink* out,
                                 erp_error*) ERP_NOEXCEPT;
  /* [any][quick] Writes a JSON array of the names of all attributes of purchase order lines. */
  erp_status(ERP_CALL* list)(erp_host_ctx*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
} erp_attributes_v1;

ERP_ABI_ASSERT(sizeof(erp_attributes_v1) == 16);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_ATTRIBUTES_H */
