#pragma once

#include "validate/check.hpp"

namespace host::validate {

// A rule of erp/abi.h, and how far the checks go with it.
struct Rule {
  const char* id;       // "R5"
  const char* words;    // in one line
  const char* not_seen; // what no check of these sees of it
};

const std::vector<Rule>& rules();
const Rule* rule_named(const std::string& id); // null: there is none
// Those that look at a part of it; may be empty.
std::vector<const Check*> checks_of(const Rule& rule);

} // namespace host::validate
