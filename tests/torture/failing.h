/* What the functions in this folder that stand in place of others tell and are told, beside
   machine.h. */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { store_late = -1 }; /* an error of call_store: done, and SQLITE_IOERR all the same */

/* Blocks of memory that the plugin, and what it calls, took since blocks_watch() and has not given
   back; without those that libcrypto took, if it says so. Under a sanitizer none is counted: it
   looks for leaks by itself. */
void blocks_watch(void);
long blocks_left(int but_openssl);
/* Who took those blocks: to stderr, where LEDGERHOOK_TORTURE_LEAKS is set. */
void blocks_tell(void);

#ifdef __cplusplus
}
#endif
