/* supplier.h - who the company buys from, and addresses. Open types (rule R3). */
#ifndef ERP_DOCUMENT_SUPPLIER_H
#define ERP_DOCUMENT_SUPPLIER_H

#include "erp/values.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] Every member may be absent or empty. */
typedef struct erp_address {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  erp_str name;      /* of who receives there */
  erp_str line1, line2;
  erp_str city, region, postal_code;
  erp_str country; /* ISO 3166 alpha-2 where the host knows it */
} erp_address;

/* [since 1.0] */
typedef struct erp_supplier {
  uint32_t struct_size;
  char currency[4]; /* ISO 4217, "\0" if the host keeps none */
  erp_str id;       /* the host's own key */
  erp_str name;
  erp_str email;              /* may be absent */
  const erp_address* address; /* may be null */
} erp_supplier;

ERP_ABI_ASSERT(sizeof(erp_address) == 120);
ERP_ABI_ASSERT(sizeof(erp_supplier) == 64);

ERP_EXTERN_C_END
#endif /* ERP_DOCUMENT_SUPPLIER_H */
