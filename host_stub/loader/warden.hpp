#pragma once

#include <optional>
#include <string>
#include <vector>

namespace host::loader {

// Stands between this program and a child that runs code nobody trusts yet. Everything the child
// starts, also what takes leave of it (setsid, double forks), becomes the warden's to end: when the
// child has ended, when the program that asked sends SIGTERM, or when it has gone itself.

// The words of a program that runs `words` under a warden.
std::vector<std::string> guarded(std::vector<std::string> words);

// The other side of guarded(), for main() to ask before anything else, while there is one thread.
// In the child: nothing, and `argc`, `argv` are the guarded words. In the warden, which ends as the
// child ended: does not return.
void guard_if_asked(int& argc, char**& argv);

} // namespace host::loader
