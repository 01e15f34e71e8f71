/* Within a function that stands in place of the C library's or another library's: that one. */
#pragma once

#include <dlfcn.h>

#define REAL(name)                                                                                 \
  __typeof__(name)* real;                                                                          \
  *(void**)&real = dlsym(RTLD_NEXT, #name)
