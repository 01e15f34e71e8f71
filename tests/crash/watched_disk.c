/* Loaded before a program (LD_PRELOAD), it writes down in the file WATCHED_DISK_LOG whatever the
   program does to a database and its logs (*.db, *.db-wal, *.db-journal), and to the folders they
   are in: what was written where, what was forced to the disk. It ends the program with SIGKILL
   right before number WATCHED_DISK_END of these; 0: never. With WATCHED_DISK_FORCED only what was
   forced to the disk is counted, and the end comes right before whatever follows it. platter.cpp
   reads the file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static long count = 0, forced = 0;

static void* next(const char* name) {
  return dlsym(RTLD_NEXT, name);
}

static int ends_with(const char* text, const char* end) {
  const size_t length = strlen(text), end_length = strlen(end);
  return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static int is_watched(const char* path) {
  return ends_with(path, ".db") || ends_with(path, ".db-wal") || ends_with(path, ".db-journal");
}

/* What the descriptor is of: 'f' a watched file, 'd' a folder, 0 anything else. */
static char kind_of(int fd, char* path) {
  char link[64];
  struct stat about;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size <= 0 || path[0] != '/') return 0;
  path[size] = 0;
  if (is_watched(path)) return 'f';
  return fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) ? 'd' : 0;
}

/* To be called with the order held, right before it is done. */
static void step(void) {
  const char* const end = getenv("WATCHED_DISK_END");
  const long at = end ? atol(end) : 0;
  if (at > 0 && at == (getenv("WATCHED_DISK_FORCED") ? forced : ++count)) kill(getpid(), SIGKILL);
}

/* To be called with the order held, right after it was done. */
static void note(char what, const char* path, uint64_t at, const void* bytes, uint64_t size) {
  static int log = -1;
  if (log < 0) log = open(getenv("WATCHED_DISK_LOG"), O_WRONLY | O_APPEND | O_CLOEXEC);
  const uint64_t head[] = {(uint64_t)what, strlen(path), at, size};
  const struct iovec parts[] = {
      {(void*)head, sizeof head}, {(void*)path, strlen(path)}, {(void*)bytes, bytes ? size : 0}};
  const ssize_t all = (ssize_t)(sizeof head + strlen(path) + (bytes ? size : 0));
  if (writev(log, parts, 3) != all) abort();
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  static ssize_t (*real)(int, const void*, size_t, off64_t);
  char path[PATH_MAX];
  if (!real) *(void**)&real = next("pwrite64");
  if (kind_of(fd, path) != 'f') return real(fd, bytes, size, at);
  pthread_mutex_lock(&order);
  step();
  const ssize_t done = real(fd, bytes, size, at);
  if (done > 0) note('w', path, (uint64_t)at, bytes, (uint64_t)done);
  pthread_mutex_unlock(&order);
  return done;
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return pwrite64(fd, bytes, size, at);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  static ssize_t (*real)(int, const void*, size_t);
  char path[PATH_MAX];
  if (!real) *(void**)&real = next("write");
  if (kind_of(fd, path) == 'f') abort(); /* SQLite always says where */
  return real(fd, bytes, size);
}

int ftruncate64(int fd, off64_t length) {
  static int (*real)(int, off64_t);
  char path[PATH_MAX];
  if (!real) *(void**)&real = next("ftruncate64");
  if (kind_of(fd, path) != 'f') return real(fd, length);
  pthread_mutex_lock(&order);
  step();
  const int done = real(fd, length);
  if (done == 0) note('t', path, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&order);
  return done;
}

int ftruncate(int fd, off_t length) {
  return ftruncate64(fd, length);
}

static int force(int (*real)(int), int fd) {
  char path[PATH_MAX];
  const char kind = kind_of(fd, path);
  if (!kind) return real(fd);
  pthread_mutex_lock(&order);
  step();
  const int done = real(fd);
  ++forced;
  if (done == 0) note(kind == 'f' ? 's' : 'd', path, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return done;
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) *(void**)&real = next("fsync");
  return force(real, fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) *(void**)&real = next("fdatasync");
  return force(real, fd);
}

int unlink(const char* path) {
  static int (*real)(const char*);
  if (!real) *(void**)&real = next("unlink");
  if (!is_watched(path)) return real(path);
  pthread_mutex_lock(&order);
  step();
  const int done = real(path);
  if (done == 0) note('u', path, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return done;
}

/* A new file is a change of its folder. */
static int opened(const char* path, int flags, mode_t mode) {
  static int (*real)(const char*, int, ...);
  if (!real) *(void**)&real = next("open64");
  if (!is_watched(path) || !(flags & O_CREAT) || access(path, F_OK) == 0)
    return real(path, flags, mode);
  pthread_mutex_lock(&order);
  step();
  const int fd = real(path, flags, mode);
  if (fd >= 0) note('c', path, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return fd;
}

static mode_t mode_in(int flags, va_list rest) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opened(path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opened(path, flags, mode);
}
