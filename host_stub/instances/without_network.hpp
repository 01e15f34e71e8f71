#pragma once

#include <chrono>
#include <functional>

namespace host::instances {

enum class Worked { done, not_fenced, still_at_it };

// Does `work` in a thread of its own that can open no internet socket, so that what runs in it
// cannot have acted on anything outside this machine. not_fenced: the kernel does not offer it,
// `work` was not begun. still_at_it: not done within `patience`; the thread goes on, with whatever
// `work` owns, until the process ends. `work` does not throw.
Worked without_network(std::function<void()> work, std::chrono::milliseconds patience);

} // namespace host::instances
