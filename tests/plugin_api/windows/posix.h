/* posix.h - what the template plugin asks of POSIX and mingw's C library lacks, so that the very
 * same source becomes a DLL. Included before it (-include). Files are opened as they are, without
 * translation of line ends; a folder cannot be synced on Windows and need not be. */
#ifndef WINDOWS_POSIX_H
#define WINDOWS_POSIX_H

#define _FILE_OFFSET_BITS 64
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define O_CLOEXEC O_NOINHERIT
#define O_NOFOLLOW 0
#define O_DIRECTORY 0x1000000 /* none of the flags that open() knows */

enum { posix_folder = 1000000 }; /* stands for the descriptor of a folder */

static inline int posix_open(const char* path, int flags, int mode) {
  if ((flags & O_DIRECTORY) != 0) return posix_folder;
  return open(path, flags | O_BINARY, mode);
}
static inline int fsync(int fd) {
  return fd >= posix_folder ? 0 : _commit(fd);
}
static inline int posix_close(int fd) {
  return fd >= posix_folder ? 0 : close(fd);
}
static inline FILE* posix_fopen(const char* path, const char* mode) {
  (void)mode; /* "re" */
  return fopen(path, "rb");
}
static inline char* strndup(const char* text, size_t size) {
  char* copy = (char*)malloc(size + 1);
  if (copy == NULL) return NULL;
  memcpy(copy, text, size);
  copy[size] = '\0';
  return copy;
}
static inline ssize_t getline(char** line, size_t* capacity, FILE* file) {
  size_t length = 0;
  int c = 0;
  while (c != '\n' && (c = getc(file)) != EOF) {
    if (length + 2 > *capacity) {
      char* const longer = (char*)realloc(*line, *capacity = 2 * *capacity + 64);
      if (longer == NULL) return -1;
      *line = longer;
    }
    (*line)[length++] = (char)c;
  }
  if (length == 0) return -1;
  (*line)[length] = '\0';
  return (ssize_t)length;
}

#define POSIX_OPEN(path, flags, mode, ...) posix_open(path, flags, mode)
#define open(...) POSIX_OPEN(__VA_ARGS__, 0, 0)
#define close posix_close
#define fopen posix_fopen

#endif /* WINDOWS_POSIX_H */
