/* purchase_order.h - an order to a supplier as it stands at the event: always the whole of it. Open
 * types (rule R3). */
#ifndef ERP_DOCUMENT_PURCHASE_ORDER_H
#define ERP_DOCUMENT_PURCHASE_ORDER_H

#include "erp/document/part.h"
#include "erp/document/supplier.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] Take a status you do not know for ERP_PO_ORDERED. Canonical JSON: "ordered",
 * "closed", "cancelled". */
enum { ERP_PO_ORDERED = 1, ERP_PO_CLOSED = 2, ERP_PO_CANCELLED = 3 };

/* [since 1.0] All amounts of an order are in its currency. */
typedef struct erp_po_line {
  uint32_t struct_size;
  uint32_t reserved;    /* 0 */
  erp_str id;           /* stays the same over the order's versions */
  const erp_part* part; /* null: a line for something that is no part */
  erp_str description;  /* may be absent */
  erp_decimal quantity; /* absent on some lines without a part */
  erp_money unit_cost;  /* amount may be absent */
  erp_money total;      /* what the host says the line costs; it rules over quantity * unit_cost */
  erp_attrs attributes;
} erp_po_line;

/* [since 1.0] Shipping, tax, surcharge, discount (negative): whatever the order costs besides its
 * lines. */
typedef struct erp_fee {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  erp_str id;
  erp_str name;
  erp_money amount;
} erp_fee;

/* [since 1.0] The whole order, whatever changed of it. */
typedef struct erp_purchase_order {
  uint32_t struct_size;
  int32_t status;
  erp_str id; /* the host's key; people know the order by it or by its number */
  erp_str number;
  int64_t version; /* rises with every change */
  char currency[4];
  uint32_t reserved;         /* 0 */
  erp_decimal exchange_rate; /* home units for one unit of `currency`; may be absent */
  erp_date ordered_on;
  erp_date due_on;              /* may be absent */
  erp_str memo;                 /* for the supplier; may be absent */
  erp_str reference;            /* internal; may be absent */
  const erp_supplier* supplier; /* never null */
  const erp_address* ship_to;   /* may be null */
  const erp_po_line* const* lines;
  size_t line_count;
  const erp_fee* const* fees;
  size_t fee_count;
} erp_purchase_order;

ERP_ABI_ASSERT(sizeof(erp_po_line) == 128);
ERP_ABI_ASSERT(sizeof(erp_fee) == 64);
ERP_ABI_ASSERT(sizeof(erp_purchase_order) == 168);
ERP_ABI_ASSERT(offsetof(erp_purchase_order, supplier) == 120);

ERP_EXTERN_C_END
#endif /* ERP_DOCUMENT_PURCHASE_ORDER_H */
