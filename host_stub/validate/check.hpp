#pragma once

#include "validate/finding.hpp"
#include "validate/subject.hpp"

#include <vector>

namespace host::validate {

// One thing that is asked of a plugin. `run` is called in a process of its own and throws what it
// finds; that it returns means that all is well.
struct Check {
  const char* name;  // "entry-pure"
  const char* rules; // of erp/abi.h, or the header that says it: "R1"
  const char* what;  // what is expected, in one line
  const char* why;
  const char* fix;
  void (*run)(const Subject&);
};

const std::vector<const Check*>& checks();
const Check* check_named(const std::string& name); // null: there is none

} // namespace host::validate
