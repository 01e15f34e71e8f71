/* SQLite's calls that the plugin makes. What SQLite calls of its own in them is not met. */
#define _GNU_SOURCE
#include "failing.h"
#include "machine.h"
#include "real.h"

#include <sqlite3.h>

static _Thread_local int depth;

static int fails(void) {
  return depth == 0 ? machine_fails(call_store) : 0;
}

/* A call that answers a result. "Late": it is done, and says that it failed. */
#define RESULT(call)                                                                               \
  const int error = fails();                                                                       \
  if (error && error != store_late) return error;                                                  \
  ++depth;                                                                                         \
  const int result = call;                                                                         \
  --depth;                                                                                         \
  return error ? SQLITE_IOERR : result

int sqlite3_prepare_v2(sqlite3* db, const char* sql, int size, sqlite3_stmt** made,
                       const char** tail) {
  REAL(sqlite3_prepare_v2);
  const int error = fails(); /* what was made would be nobody's: never late */
  if (error) {
    *made = NULL;
    return error == store_late ? SQLITE_IOERR : error;
  }
  ++depth;
  const int result = real(db, sql, size, made, tail);
  --depth;
  return result;
}
int sqlite3_step(sqlite3_stmt* statement) {
  REAL(sqlite3_step);
  RESULT(real(statement));
}
int sqlite3_exec(sqlite3* db, const char* sql, int (*each)(void*, int, char**, char**), void* with,
                 char** words) {
  REAL(sqlite3_exec);
  RESULT(real(db, sql, each, with, words));
}
int sqlite3_open_v2(const char* path, sqlite3** db, int flags, const char* vfs) {
  REAL(sqlite3_open_v2);
  *db = NULL; /* SQLite itself says in every case what there is to close */
  RESULT(real(path, db, flags, vfs));
}
int sqlite3_wal_checkpoint_v2(sqlite3* db, const char* name, int how, int* in_log, int* moved) {
  REAL(sqlite3_wal_checkpoint_v2);
  RESULT(real(db, name, how, in_log, moved));
}
int sqlite3_file_control(sqlite3* db, const char* name, int what, void* with) {
  REAL(sqlite3_file_control);
  RESULT(real(db, name, what, with));
}
int sqlite3_bind_text(sqlite3_stmt* statement, int place, const char* text, int size,
                      void (*end)(void*)) {
  REAL(sqlite3_bind_text);
  RESULT(real(statement, place, text, size, end));
}
int sqlite3_bind_blob(sqlite3_stmt* statement, int place, const void* bytes, int size,
                      void (*end)(void*)) {
  REAL(sqlite3_bind_blob);
  RESULT(real(statement, place, bytes, size, end));
}
int sqlite3_bind_int64(sqlite3_stmt* statement, int place, sqlite3_int64 number) {
  REAL(sqlite3_bind_int64);
  RESULT(real(statement, place, number));
}
