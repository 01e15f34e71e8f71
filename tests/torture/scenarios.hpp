#pragma once

#include "run.hpp"

#include <vector>

namespace torture {

// What the plugin is asked for while one call of its own fails.
struct Scenario {
  const char* name;
  fault_matrix::Operation operation;    // what must stand in the books in the end
  void (*play)(fault_matrix::Run& run); // its calls, each with the fault armed
};

const std::vector<Scenario>& scenarios();

} // namespace torture
