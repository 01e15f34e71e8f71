#pragma once

#include <cstdlib>

// How often the tests of this folder repeat themselves; tests/README.md names the variables.
namespace crash {

inline int runs(const char* variable, int otherwise) {
  const char* const given = std::getenv(variable);
  const int count = given != nullptr ? std::atoi(given) : 0;
  return count > 0 ? count : otherwise;
}

// Kills of the host while it takes events in and while it delivers them.
inline int kills(int otherwise) {
  return runs("LEDGERHOOK_KILLS", otherwise);
}

// Power cuts, of both kinds together.
inline int power_cuts(int otherwise) {
  return runs("LEDGERHOOK_POWER_CUTS", otherwise);
}

} // namespace crash
