#pragma once

#include <string>

namespace host::validate {

enum class Verdict { pass, fail, warn, skip, crash, hang };
const char* name_of(Verdict verdict); // "pass"

// What came of one check. A check throws it to end early.
struct Finding {
  Verdict verdict = Verdict::pass;
  std::string expected, seen; // for a person; of a skipped one `seen` is the reason
};

[[noreturn]] void fail(std::string expected, std::string seen);
[[noreturn]] void skip(std::string reason);
inline void require(bool holds, const char* expected, const std::string& seen) {
  if (!holds) fail(expected, seen);
}

} // namespace host::validate
