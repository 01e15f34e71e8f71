/* Loaded before a program (LD_PRELOAD), it ends it with SIGKILL right before its step number
   KILLED_AT_STEP. A step is a call that changes what a machine finds after a power cut. At the end
   of a program that came so far, the file STEPS_FILE tells how many there were. Programs that try a
   library in a process of their own are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long steps;
static long last_step = -1;

__attribute__((constructor)) static void begin(void) {
  char words[256] = "";
  FILE* const line = fopen("/proc/self/cmdline", "r");
  const size_t length = line ? fread(words, 1, sizeof words - 1, line) : 0;
  if (line) fclose(line);
  for (size_t i = 0; i < length; ++i)
    if (words[i] == '\0') words[i] = ' ';
  const char* const at = getenv("KILLED_AT_STEP");
  if (at && !strstr(words, " --rehearse ") && !strstr(words, " --look-at-library "))
    last_step = atol(at);
}

__attribute__((destructor)) static void end(void) {
  const char* const file = getenv("STEPS_FILE");
  FILE* const told = file && last_step >= 0 ? fopen(file, "w") : NULL;
  if (!told) return;
  fprintf(told, "%ld\n", atomic_load(&steps));
  fclose(told);
}

static void step(void) {
  if (last_step >= 0 && atomic_fetch_add(&steps, 1) + 1 == last_step) kill(getpid(), SIGKILL);
}

#define STEP(name, parameters, arguments)                                                          \
  int name parameters {                                                                            \
    static int(*real) parameters;                                                                  \
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name);                                           \
    step();                                                                                        \
    return real arguments;                                                                         \
  }

STEP(fsync, (int fd), (fd))
STEP(fdatasync, (int fd), (fd))
STEP(rename, (const char* from, const char* to), (from, to))
STEP(renameat2, (int in, const char* from, int into, const char* to, unsigned how),
     (in, from, into, to, how))
STEP(unlink, (const char* path), (path))
STEP(unlinkat, (int in, const char* path, int how), (in, path, how))
