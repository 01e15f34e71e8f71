/* by_instance.h - what an animal wants to remember of an instance besides what the template does.
 */
#ifndef ZOO_BY_INSTANCE_H
#define ZOO_BY_INSTANCE_H

#include "healthy.h"

enum { pens_max = 64 };
typedef struct {
  const erp_instance* owner; /* null: free */
  pthread_t thread;
  atomic_int is_over;
} pen;
static pen pens[pens_max];
static pthread_mutex_t pens_mutex = PTHREAD_MUTEX_INITIALIZER;

/* That of `owner`; a free one, which becomes its own, if it has none and `wanted`; else null. */
static pen* pen_of(const erp_instance* owner, int wanted) {
  pen* found = NULL;
  pthread_mutex_lock(&pens_mutex);
  for (size_t i = 0; i < pens_max && found == NULL; ++i)
    if (pens[i].owner == owner) found = &pens[i];
  for (size_t i = 0; wanted && i < pens_max && found == NULL; ++i)
    if (pens[i].owner == NULL) {
      found = &pens[i];
      found->owner = owner;
      atomic_store(&found->is_over, 0);
    }
  pthread_mutex_unlock(&pens_mutex);
  return found;
}

static void leave(pen* left) {
  pthread_mutex_lock(&pens_mutex);
  left->owner = NULL;
  pthread_mutex_unlock(&pens_mutex);
}

#endif
