#pragma once

#include "validate/finding.hpp"
#include "validate/subject.hpp"

#include <optional>
#include <string>
#include <vector>

namespace host::validate {

enum class Needs { library, folder, archive };

// One thing that is asked of a plugin. `run` is called in a process of its own and throws what it
// finds; that it returns means that all is well.
struct Check {
  const char* name;  // "entry-pure"
  const char* rules; // of erp/abi.h, and the file that says it, with ", " between: "R1, plugin.h"
  const char* what;  // what is expected, in one line
  const char* why;
  const char* fix;
  void (*run)(const Subject&);
  const char* not_seen; // what a plugin may do wrong here and still pass
  Needs needs = Needs::library;
};

const std::vector<const Check*>& checks();
const Check* check_named(const std::string& name); // null: there is none

// Why there is nothing to check in this subject, if so.
std::optional<std::string> not_applicable(const Check& check, const Subject& subject);

} // namespace host::validate
