/* status.h - how a call ended, and the words for a person. */
#ifndef ERP_STATUS_H
#define ERP_STATUS_H

#include "erp/abi.h"

ERP_EXTERN_C_BEGIN

/* >= 0 done, < 0 failed. */
typedef int32_t erp_status;
/* [since 1.0] Take a negative number you do not know for ERP_E_INTERNAL, another for ERP_OK. */
enum {
  ERP_OK = 0,
  ERP_IGNORED = 1,   /* understood, and nothing to do: the caller need not ask again */
  ERP_DUPLICATE = 2, /* the same was done before; as good as ERP_OK */
  ERP_E_INTERNAL = -1,
  ERP_E_INVALID = -2,     /* the input breaks the contract or its own schema */
  ERP_E_UNSUPPORTED = -3, /* not offered by this side */
  ERP_E_NOT_FOUND = -4,
  ERP_E_DENIED = -5,      /* refused by a person or a permission */
  ERP_E_CONFLICT = -6,    /* the same id with other content, or a lost compare-and-swap */
  ERP_E_RETRY_LATER = -7, /* erp_error.retry_after_ms may say when */
  ERP_E_TIMEOUT = -8,
  ERP_E_SHUTTING_DOWN = -9,
  ERP_E_CONFIG = -10,       /* a setting is missing or wrong; a person must act */
  ERP_E_STORAGE = -11,      /* the disk refused; nothing was recorded */
  ERP_E_NOT_CONNECTED = -12 /* a person must connect, or connect again */
};

/* [since 1.0] Owned by the caller, who may pass null. The callee fills it only when it fails: the
 * message is UTF-8, at most sizeof message bytes, cut at a character, without a terminating zero,
 * fit to be shown, and never holds a secret. */
typedef struct erp_error {
  int32_t detail;          /* the callee's own code, 0 if none */
  uint32_t retry_after_ms; /* with ERP_E_RETRY_LATER; 0 = as you like */
  uint32_t message_len;
  uint32_t reserved; /* 0 */
  char message[496];
} erp_error;

ERP_ABI_ASSERT(sizeof(erp_error) == 512);
ERP_ABI_ASSERT(offsetof(erp_error, message) == 16);

ERP_EXTERN_C_END
#endif /* ERP_STATUS_H */
