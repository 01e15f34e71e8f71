#pragma once

#include "erp/status.h"

#include <string>
#include <tl/expected.hpp>

namespace host {

// An expected failure: what to tell the person, and its kind in the words of the C interface.
struct Problem {
  std::string message;
  erp_status status = ERP_E_INVALID;
};

template <class T>
using Outcome = tl::expected<T, Problem>;

inline tl::unexpected<Problem> problem(std::string message, erp_status status = ERP_E_INVALID) {
  return tl::make_unexpected(Problem{std::move(message), status});
}

// How a command ends.
constexpr int exit_ok = 0;
constexpr int exit_failed = 1;         // usage, or something went wrong
constexpr int exit_blocked = 2;        // only blocked entries are left
constexpr int exit_still_open = 3;     // time ran out with entries waiting
constexpr int exit_cannot_deliver = 4; // disabled, not connected, a setting is wrong

int exit_code_of(const Problem& problem);
const char* name_of(erp_status status); // "ERP_E_RETRY_LATER"

// What a C call answered: its status and the callee's own words, if it had any.
Problem problem_of(erp_status status, const erp_error& error, const std::string& what_failed);

} // namespace host
