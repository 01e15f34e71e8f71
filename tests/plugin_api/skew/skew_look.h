/* skew_look.h - what a side of some age can see of an open struct that the other side filled:
 *
 *   erp_part last=there later=absent
 *
 * `last` is the member that older headers lack, `later` the one that newer headers have: "unknown"
 * to this side's headers, "absent" if the other side did not fill it, else read, byte by byte. */
#ifndef SKEW_LOOK_H
#define SKEW_LOOK_H

#include "erp/erp.h"
#include "skew_structs.h"

#include <stdio.h>
#include <string.h>

/* Set to the name of a struct, this side believes that it is as long as its own headers say: the
 * test has to catch that. */
ERP_EXPORT extern const char* skew_careless;
const char* skew_careless = "";

#define SKEW_HAS(type, p, member) (strcmp(skew_careless, #type) == 0 || ERP_HAS(type, p, member))

#if SKEW_AGE >= 1
#define SKEW_LAST(type, p, member)                                                                 \
  (SKEW_HAS(type, p, member) ? skew_read(&(p)->member, sizeof(p)->member) : "absent")
#else
#define SKEW_LAST(type, p, member) "unknown"
#endif
#if SKEW_AGE >= 2
#define SKEW_LATER(type, p)                                                                        \
  (SKEW_HAS(type, p, later) ? (p)->later : (erp_str){"absent", sizeof "absent" - 1})
#define SKEW_FILL(type, struct_) ((struct_).later = (erp_str){#type " of 1.1", sizeof #type + 7})
#else
#define SKEW_LATER(type, p) ((void)(p), (erp_str){"unknown", sizeof "unknown" - 1})
#define SKEW_FILL(type, struct_) (void)0
#endif

static inline const char* skew_read(const void* data, size_t size) {
  const volatile unsigned char* bytes = data;
  unsigned sum = 0;
  for (size_t i = 0; i < size; ++i)
    sum += bytes[i];
  return sum == UINT32_MAX ? "" : "there";
}

typedef struct {
  char text[4096];
} skew_notes;

static inline void skew_note(skew_notes* notes, const char* type, const char* last, erp_str later) {
  const size_t used = strlen(notes->text);
  snprintf(notes->text + used, sizeof notes->text - used, "%s last=%s later=%.*s\n", type, last,
           (int)later.len, later.ptr);
}
#define SKEW_NOTE(notes, type, member, p)                                                          \
  skew_note(notes, #type, SKEW_LAST(type, p, member), SKEW_LATER(type, p))

#endif
