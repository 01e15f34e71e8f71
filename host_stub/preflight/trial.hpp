#pragma once

#include "preflight/preflight.hpp"

namespace host::preflight {

// In this process, for good: fly() is what calls for one of its own.
Outcome<Described> tried(const Flight& flight);

} // namespace host::preflight
