#include "validate/rules.hpp"

#include <sstream>

namespace host::validate {

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = {
      {"R1", "one exported symbol, erp_plugin_entry_v1",
       "a symbol that the library takes from another library which it needs"},
      {"R2", "value types are frozen",
       "all of it: the headers assert the sizes while the plugin is compiled, and a plugin that "
       "was "
       "compiled without them cannot be told"},
      {"R3", "open types begin with struct_size, grow at the end and travel by pointer",
       "a copy of a whole document by value that happens to stay inside the pages it was lent in"},
      {"R4", "tables are frozen and complete",
       "whether a function that is there does what its header says"},
      {"R5", "what a call is handed is borrowed until it returns",
       "a pointer that was kept and is never touched again"},
      {"R6",
       "no function throws, exits or jumps across; no lock is held during a call of the host, "
       "which is "
       "made only on a thread on which the host is calling",
       "a lock that is held while the host is called, unless the check hangs on it; what is thrown "
       "only when memory runs out in a library that the plugin needs"},
      {"R7", "text is UTF-8 with a length; absent is not empty",
       "whether an absent text is told from an empty one in what the plugin makes of it"},
      {"R8",
       "every function has a concurrency tag and a duration tag; what is [quick] calls only what "
       "is",
       "data races that do no harm while the check looks (build with a sanitizer for those); the "
       "time that anything but hooks and stop() takes"},
      {"R9",
       "a status below zero is a failure, an unknown one too; unknown enumerators are no error",
       "what the plugin makes of a status it does not know from a service of the host"},
      {"R10", "what was released does not change in place",
       "all but that a newer host is taken as it is: the headers' own tests hold this rule"}};
  return all;
}

const Rule* rule_named(const std::string& id) {
  for (const Rule& rule : rules())
    if (id == rule.id) return &rule;
  return nullptr;
}

std::vector<const Check*> checks_of(const Rule& rule) {
  std::vector<const Check*> those;
  for (const Check* const check : checks()) {
    std::istringstream words(check->rules);
    for (std::string word; words >> word;) {
      if (word.back() == ',') word.pop_back();
      if (word == rule.id) those.push_back(check);
    }
  }
  return those;
}

} // namespace host::validate
