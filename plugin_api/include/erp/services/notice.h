/* notice.h - "erp.notice/1", offered by the host: what a person should know, one per cause. */
#ifndef ERP_SERVICES_NOTICE_H
#define ERP_SERVICES_NOTICE_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_SERVICE_NOTICE "erp.notice/1"

/* [since 1.0] Take a severity you do not know for ERP_NOTICE_WARNING. */
enum { ERP_NOTICE_INFO = 1, ERP_NOTICE_WARNING = 2, ERP_NOTICE_ACTION_NEEDED = 3 };

/* [since 1.0] Open type. */
typedef struct erp_notice {
  uint32_t struct_size;
  int32_t severity;
  erp_str key;   /* of the cause, the plugin's own: "issue/account-unknown" */
  erp_str title; /* one line */
  erp_str text;  /* what it means and what to do; plain text */
} erp_notice;

/* [since 1.0] */
typedef struct erp_notice_v1 {
  /* [any][quick] Durable. The same key replaces what was raised under it before. */
  erp_status(ERP_CALL* raise)(erp_host_ctx*, const erp_notice*, erp_error*) ERP_NOEXCEPT;
  /* [any][quick] ERP_OK also if there was none. */
  erp_status(ERP_CALL* clear)(erp_host_ctx*, erp_str key, erp_error*) ERP_NOEXCEPT;
} erp_notice_v1;

ERP_ABI_ASSERT(sizeof(erp_notice) == 56);
ERP_ABI_ASSERT(sizeof(erp_notice_v1) == 16);

ERP_EXTERN_C_END
#endif /* ERP_SERVICES_NOTICE_H */
