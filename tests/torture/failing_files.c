/* Calls on files beside those that machine.c stands for already. */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include "machine.h"
#include "real.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODE_OF(flags, mode)                                                                       \
  mode_t mode = 0;                                                                                 \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                                                           \
    va_list more;                                                                                  \
    va_start(more, flags);                                                                         \
    mode = va_arg(more, mode_t);                                                                   \
    va_end(more);                                                                                  \
  }

int open(const char* path, int flags, ...) {
  REAL(open);
  MODE_OF(flags, mode)
  return machine_fails_errno(call_file) ? -1 : real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  REAL(open64);
  MODE_OF(flags, mode)
  return machine_fails_errno(call_file) ? -1 : real(path, flags, mode);
}
FILE* fopen(const char* restrict path, const char* restrict mode) {
  REAL(fopen);
  return machine_fails_errno(call_file) ? NULL : real(path, mode);
}
FILE* fopen64(const char* restrict path, const char* restrict mode) {
  REAL(fopen64);
  return machine_fails_errno(call_file) ? NULL : real(path, mode);
}

int stat(const char* restrict path, struct stat* restrict about) {
  REAL(stat);
  return machine_fails_errno(call_file) ? -1 : real(path, about);
}
int stat64(const char* restrict path, struct stat64* restrict about) {
  REAL(stat64);
  return machine_fails_errno(call_file) ? -1 : real(path, about);
}
int lstat(const char* restrict path, struct stat* restrict about) {
  REAL(lstat);
  return machine_fails_errno(call_file) ? -1 : real(path, about);
}
int lstat64(const char* restrict path, struct stat64* restrict about) {
  REAL(lstat64);
  return machine_fails_errno(call_file) ? -1 : real(path, about);
}
int fstat(int fd, struct stat* about) {
  REAL(fstat);
  return machine_fails_errno(call_file) ? -1 : real(fd, about);
}
int fstat64(int fd, struct stat64* about) {
  REAL(fstat64);
  return machine_fails_errno(call_file) ? -1 : real(fd, about);
}
int access(const char* path, int how) {
  REAL(access);
  return machine_fails_errno(call_file) ? -1 : real(path, how);
}
int unlink(const char* path) {
  REAL(unlink);
  return machine_fails_errno(call_file) ? -1 : real(path);
}
int rename(const char* from, const char* to) {
  REAL(rename);
  return machine_fails_errno(call_file) ? -1 : real(from, to);
}
int chmod(const char* path, mode_t mode) {
  REAL(chmod);
  return machine_fails_errno(call_file) ? -1 : real(path, mode);
}
/* SQLite's locks. */
int fcntl64(int fd, int what, ...) {
  REAL(fcntl64);
  va_list more;
  va_start(more, what);
  void* const with = va_arg(more, void*);
  va_end(more);
  return machine_fails_errno(call_file) ? -1 : real(fd, what, with);
}
