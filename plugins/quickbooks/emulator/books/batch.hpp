#pragma once
#include "company.hpp"
#include "fault.hpp"

namespace emulator::books {

/// Runs the items of a batch one after the other, each on its own; answers
/// {"BatchItemResponse":[...]}. A fault of the whole batch (too many items, unusable bIds) changes
/// nothing.
Outcome<Value> run_batch(Company& company, const Value& body, Instant now);

/// What changed since an instant; answers {"CDCResponse":[...]}.
Outcome<Value> run_cdc(const Company& company, std::string_view entities,
                       std::string_view changed_since, Instant now);

} // namespace emulator::books
