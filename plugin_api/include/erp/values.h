/* values.h - the frozen value types (rule R2). They never grow, so they may be embedded and put in
 * arrays. */
#ifndef ERP_VALUES_H
#define ERP_VALUES_H

#include "erp/abi.h"

ERP_EXTERN_C_BEGIN

/* [since 1.0] UTF-8, `len` bytes, not terminated. ptr == 0: absent. */
#define ERP_TEXT_SIZE_MAX 1048576u /* bytes; longer text may be refused (rule R7) */
typedef struct erp_str {
  const char* ptr;
  size_t len;
} erp_str;

/* [since 1.0] Exactly coefficient * 10^-scale, 0 <= scale <= 18; not normalised (1.50 is 150 with
 * scale 2). scale == ERP_DECIMAL_ABSENT: there is no number. The host never rounds to fit: what
 * does not fit is refused. */
#define ERP_DECIMAL_ABSENT (-1)
typedef struct erp_decimal {
  int64_t coefficient;
  int32_t scale;
  uint32_t reserved; /* 0 */
} erp_decimal;

/* [since 1.0] An amount and its ISO 4217 code, terminated: "USD\0". */
typedef struct erp_money {
  erp_decimal amount;
  char currency[4];
  uint32_t reserved; /* 0 */
} erp_money;

/* [since 1.0] A civil date without a time zone, in the years 1 to 9999. month == 0: absent. */
typedef struct erp_date {
  int32_t year;
  uint8_t month;
  uint8_t day;
  uint16_t reserved; /* 0 */
} erp_date;

/* Microseconds since 1970-01-01T00:00:00Z, in the years 1 to 9999; before 1970 below zero. */
typedef int64_t erp_instant;
#define ERP_INSTANT_ABSENT INT64_MIN

/* [since 1.0] What an attribute holds. A kind you do not know is unreadable, never an error. */
enum {
  ERP_VALUE_NULL = 0,
  ERP_VALUE_BOOL = 1,    /* as.integer, 0 or 1 */
  ERP_VALUE_INT = 2,     /* as.integer */
  ERP_VALUE_DECIMAL = 3, /* as.decimal */
  ERP_VALUE_STRING = 4,  /* as.text */
  ERP_VALUE_DATE = 5,    /* as.date */
  ERP_VALUE_INSTANT = 6  /* as.instant */
};
/* [since 1.0] Which one is there is said by the kind. */
typedef union erp_value_as {
  int64_t integer;
  erp_decimal decimal;
  erp_str text;
  erp_date date;
  erp_instant instant;
} erp_value_as;
/* [since 1.0] One value of any kind. */
typedef struct erp_value {
  int32_t kind;
  uint32_t reserved; /* 0 */
  erp_value_as as;
} erp_value;

/* [since 1.0] The users' own fields, under the users' own names, byte for byte. */
typedef struct erp_attr {
  erp_str key;
  erp_value value;
} erp_attr;
/* [since 1.0] Each key once, in any order. items may be null if there is none. */
typedef struct erp_attrs {
  const erp_attr* items;
  size_t count;
} erp_attrs;

/* [since 1.0] How a callee returns bytes of any length: it calls write() one or more times, the
 * caller copies before write() returns. write() answers 0, or a negative erp_status after which the
 * callee stops and returns that status. */
typedef struct erp_sink {
  void* ctx;
  /* [serial][quick] */
  int32_t(ERP_CALL* write)(void* ctx, const char* data, size_t size) ERP_NOEXCEPT;
} erp_sink;

ERP_ABI_ASSERT(sizeof(erp_str) == 16);
ERP_ABI_ASSERT(sizeof(erp_decimal) == 16);
ERP_ABI_ASSERT(sizeof(erp_money) == 24);
ERP_ABI_ASSERT(offsetof(erp_money, currency) == 16);
ERP_ABI_ASSERT(sizeof(erp_date) == 8);
ERP_ABI_ASSERT(sizeof(erp_value) == 24);
ERP_ABI_ASSERT(sizeof(erp_attr) == 40);
ERP_ABI_ASSERT(sizeof(erp_attrs) == 16);
ERP_ABI_ASSERT(sizeof(erp_sink) == 16);

ERP_EXTERN_C_END
#endif /* ERP_VALUES_H */
