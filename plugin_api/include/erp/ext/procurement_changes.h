/* procurement_changes.h - "erp.procurement-changes/1", optional, offered by a plugin: the rarer
 * events. Delivery and answers as for "erp.procurement/1". */
#ifndef ERP_EXT_PROCUREMENT_CHANGES_H
#define ERP_EXT_PROCUREMENT_CHANGES_H

#include "erp/document/event.h"
#include "erp/document/receipt.h"
#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_PROCUREMENT_CHANGES "erp.procurement-changes/1"

/* [since 1.0] */
typedef struct erp_procurement_changes_v1 {
  /* [any][quick] `reason` may be absent. */
  erp_status(ERP_CALL* onPoCancelled)(erp_instance*, const erp_event*, const erp_purchase_order*,
                                      erp_str reason, erp_error*) ERP_NOEXCEPT;
  /* [any][quick] The receipt's whole new state. */
  erp_status(ERP_CALL* onReceiptCorrected)(erp_instance*, const erp_event*, const erp_receipt*,
                                           erp_error*) ERP_NOEXCEPT;
  /* [any][quick] A supplier was created or changed. */
  erp_status(ERP_CALL* onSupplierSaved)(erp_instance*, const erp_event*, const erp_supplier*,
                                        erp_error*) ERP_NOEXCEPT;
} erp_procurement_changes_v1;

ERP_ABI_ASSERT(sizeof(erp_procurement_changes_v1) == 24);

ERP_EXTERN_C_END
#endif /* ERP_EXT_PROCUREMENT_CHANGES_H */
