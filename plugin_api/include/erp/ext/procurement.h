/* procurement.h - "erp.procurement/1", offered by a plugin: the three events every ERP has.
 *
 * Delivery: the host writes the event to its own log, then calls the hook, at least once and again
 * after a crash. Events of one subject (a part, an order with its receipts) come one after the
 * other, in order; different subjects may come at once. What a hook answers decides:
 *
 *   ERP_OK, ERP_IGNORED,      durably the plugin's: the host's duty ends
 *   ERP_DUPLICATE
 *
 *   ERP_E_RETRY_LATER,        the host calls again later (after retry_after_ms, else with growing
 *   ERP_E_STORAGE,            pauses); later events of the subject wait
 *   ERP_E_SHUTTING_DOWN,
 *   ERP_E_TIMEOUT
 *
 *   ERP_E_INVALID,            never again: the host shows message and event to a person
 *   ERP_E_CONFLICT
 *
 *   anything else below zero  as ERP_E_RETRY_LATER, and shown to a person after several tries
 */
#ifndef ERP_EXT_PROCUREMENT_H
#define ERP_EXT_PROCUREMENT_H

#include "erp/document/event.h"
#include "erp/document/receipt.h"
#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_PROCUREMENT "erp.procurement/1"

/* [since 1.0] */
typedef struct erp_procurement_v1 {
  /* [any][quick] A part was created or changed. */
  erp_status(ERP_CALL* onPartSaved)(erp_instance*, const erp_event*, const erp_part*,
                                    erp_error*) ERP_NOEXCEPT;
  /* [any][quick] An order was marked Ordered, or changed or opened again since (with a higher
   * version). */
  erp_status(ERP_CALL* onPoOrdered)(erp_instance*, const erp_event*, const erp_purchase_order*,
                                    erp_error*) ERP_NOEXCEPT;
  /* [any][quick] Goods came in for an order. */
  erp_status(ERP_CALL* onPoReceived)(erp_instance*, const erp_event*, const erp_receipt*,
                                     erp_error*) ERP_NOEXCEPT;
} erp_procurement_v1;

ERP_ABI_ASSERT(sizeof(erp_procurement_v1) == 24);

ERP_EXTERN_C_END
#endif /* ERP_EXT_PROCUREMENT_H */
