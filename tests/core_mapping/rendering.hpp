#pragma once

#include "core/mapping/plan.hpp"

#include <string>

// A plan as the golden files show it to a person.
struct Rendered {
  std::string file; // request.json, obstacles.txt, first.txt, read.txt, known.txt, nothing.txt
  std::string text; // ends with a newline
};
Rendered rendered(const qb::mapping::Plan& plan, const std::string& subject);

// Indented JSON; what fits on a line stays on it.
std::string indented(const qb::qbo::Value& value, std::size_t depth = 0);
