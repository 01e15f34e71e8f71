#pragma once
#include "company.hpp"
#include "fault.hpp"

namespace emulator::books {

/// Runs a statement; answers what stands in "QueryResponse".
Outcome<Value> run_query(const Company& company, std::string_view statement);

} // namespace emulator::books
