/* event.h - the envelope of everything the host tells a plugin. Open type (rule R3). */
#ifndef ERP_DOCUMENT_EVENT_H
#define ERP_DOCUMENT_EVENT_H

#include "erp/values.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] Canonical JSON: "event_id", "occurred_at", "actor" beside the document's member. */
typedef struct erp_event {
  uint32_t struct_size;
  uint32_t attempt;  /* 1 at the first delivery; delivery is at least once */
  uint64_t sequence; /* of this instance, rising by one from its enabling: a gap is a lost event */
  erp_str event_id;  /* the idempotency key: the same id always carries the same content */
  erp_instant occurred_at; /* when the host's user did it */
  erp_str actor;           /* who did it, as the host names people; may be absent */
} erp_event;

ERP_ABI_ASSERT(sizeof(erp_event) == 56);

ERP_EXTERN_C_END
#endif /* ERP_DOCUMENT_EVENT_H */
