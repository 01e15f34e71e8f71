/* receipt.h - goods that came in for one purchase order. Open types (rule R3). */
#ifndef ERP_DOCUMENT_RECEIPT_H
#define ERP_DOCUMENT_RECEIPT_H

#include "erp/document/purchase_order.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] What came in for one line of the order; a line may come more than once. */
typedef struct erp_receipt_line {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  erp_str po_line_id;
  erp_decimal quantity;
} erp_receipt_line;

/* [since 1.0] */
typedef struct erp_receipt {
  uint32_t struct_size;
  int32_t complete; /* 1: by the host's own count nothing of the order is outstanding any more */
  erp_str id, number;
  erp_date received_on;
  const erp_purchase_order* order; /* never null, as it stands now */
  const erp_receipt_line* const* lines;
  size_t line_count;
} erp_receipt;

ERP_ABI_ASSERT(sizeof(erp_receipt_line) == 40);
ERP_ABI_ASSERT(sizeof(erp_receipt) == 72);

ERP_EXTERN_C_END
#endif /* ERP_DOCUMENT_RECEIPT_H */
