/* part.h - something the ERP's company buys, makes or stocks. Open type (rule R3). */
#ifndef ERP_DOCUMENT_PART_H
#define ERP_DOCUMENT_PART_H

#include "erp/values.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] Take a kind you do not know for ERP_PART_STOCKED. Canonical JSON: "stocked",
 * "non_stocked", "service". */
enum { ERP_PART_STOCKED = 1, ERP_PART_NON_STOCKED = 2, ERP_PART_SERVICE = 3 };

/* [since 1.0] */
typedef struct erp_part {
  uint32_t struct_size;
  int32_t kind;
  erp_str id;          /* the host's own key, never shown */
  erp_str number;      /* "820412-001" */
  erp_str revision;    /* "B"; absent for a part that has none */
  erp_str description; /* may be absent */
  int32_t active;      /* 0 or 1 */
  uint32_t reserved;   /* 0 */
} erp_part;

ERP_ABI_ASSERT(sizeof(erp_part) == 80);
ERP_ABI_ASSERT(offsetof(erp_part, active) == 72);

ERP_EXTERN_C_END
#endif /* ERP_DOCUMENT_PART_H */
