#pragma once

#include <cstdint>

namespace host::loader {

// What an attempt to open an internet socket meets.
enum class AtFence {
  unreachable, // as if no network were there (ENETUNREACH)
  signal       // SIGSYS
};

// From now on this thread, and what it starts, has no internet sockets; other threads keep theirs.
// For the rest of the thread's life. False: the kernel does not offer it, nothing has changed.
bool fence_network_off(AtFence answer);

} // namespace host::loader
