#include "times.hpp"

#include <cstdlib>

int expiries(int usual) {
  const char* const given = std::getenv("LEDGERHOOK_TOKEN_EXPIRIES");
  return given == nullptr ? usual : std::atoi(given);
}
