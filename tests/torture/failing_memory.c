/* malloc and its kin, with a book of what was taken inside the plugin. */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include "failing.h"
#include "machine.h"

#ifdef __SANITIZE_ADDRESS__

void blocks_watch(void) {}
long blocks_left(int but_openssl) {
  (void)but_openssl;
  return 0;
}
void blocks_tell(void) {}

#else

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* glibc's own, under the names that it keeps for whoever stands in for it. */
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* block);

enum { places = 1 << 18, frames_max = 24 };
static void* book[places];   /* open addressing; the place of a block follows from its address */
static void* takers[places]; /* who called */
static void* frames[places][frames_max]; /* never touched, so without memory, unless asked for */
static atomic_long held;
static int watching, with_frames;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int writing;

static size_t place_of(const void* block) {
  return ((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15ULL >> 46;
}

static void* noted(void* block, void* taker) {
  if (!block || !watching || writing || !machine_inside()) return block;
  writing = 1;
  pthread_mutex_lock(&mutex);
  if (held < places / 2) {
    size_t at = place_of(block);
    while (book[at])
      at = (at + 1) % places;
    book[at] = block;
    takers[at] = taker;
    ++held;
    if (with_frames) {
      memset(frames[at], 0, sizeof frames[at]);
      backtrace(frames[at], frames_max);
    }
  }
  pthread_mutex_unlock(&mutex);
  writing = 0;
  return block;
}

/* What was put further on because of it moves up. */
static void take_out(size_t at) {
  for (size_t next = (at + 1) % places; book[next]; next = (next + 1) % places) {
    const size_t home = place_of(book[next]);
    const int stays = at < next ? at < home && home <= next : at < home || home <= next;
    if (stays) continue;
    book[at] = book[next];
    takers[at] = takers[next];
    if (with_frames) memcpy(frames[at], frames[next], sizeof frames[at]);
    at = next;
  }
  book[at] = NULL;
  --held;
}

static void given_back(const void* block) {
  if (!block || held == 0 || writing) return;
  pthread_mutex_lock(&mutex);
  for (size_t at = place_of(block); book[at]; at = (at + 1) % places)
    if (book[at] == block) {
      take_out(at);
      break;
    }
  pthread_mutex_unlock(&mutex);
}

void blocks_watch(void) {
  with_frames = getenv("LEDGERHOOK_TORTURE_LEAKS") != NULL;
  if (with_frames) backtrace((void* [1]){NULL}, 1); /* loads what it needs */
  pthread_mutex_lock(&mutex);
  memset(book, 0, sizeof book);
  held = 0;
  watching = 1;
  pthread_mutex_unlock(&mutex);
}
static int is_openssls(void* taker) {
  Dl_info where;
  return dladdr(taker, &where) && strstr(where.dli_fname, "libcrypto");
}
long blocks_left(int but_openssl) {
  watching = 0;
  long count = 0;
  for (size_t at = 0; at < places; ++at)
    if (book[at] && !(but_openssl && is_openssls(takers[at]))) ++count;
  return count;
}
void blocks_tell(void) {
  if (!with_frames) return;
  for (size_t at = 0; at < places; ++at)
    if (book[at]) {
      fprintf(stderr, "a block that was not given back:\n");
      backtrace_symbols_fd(frames[at], frames_max, 2);
    }
}

#define CALLER __builtin_return_address(0)

void* malloc(size_t size) {
  return machine_fails_errno(call_memory) ? NULL : noted(__libc_malloc(size), CALLER);
}
void* calloc(size_t count, size_t size) {
  return machine_fails_errno(call_memory) ? NULL : noted(__libc_calloc(count, size), CALLER);
}
void* realloc(void* block, size_t size) {
  if (machine_fails_errno(call_memory)) return NULL;
  void* const moved = __libc_realloc(block, size);
  if (moved || size == 0) given_back(block);
  return noted(moved, CALLER);
}
void* memalign(size_t alignment, size_t size) {
  return machine_fails_errno(call_memory) ? NULL : noted(__libc_memalign(alignment, size), CALLER);
}
void* aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void** into, size_t alignment, size_t size) {
  void* const block = memalign(alignment, size);
  if (!block) return ENOMEM;
  *into = block;
  return 0;
}
void free(void* block) {
  given_back(block);
  __libc_free(block);
}

#endif
