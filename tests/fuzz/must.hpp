#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace fuzz {

// A property that must hold for every input. Ends the program, so that the fuzzer keeps the input.
inline void must(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "This must hold for every input and does not: %s\n", what.c_str());
  std::abort();
}

} // namespace fuzz
