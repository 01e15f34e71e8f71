#pragma once

#include "core/qbo/request.hpp"
#include "core/qbo/value.hpp"
#include "core/verdict/outcome.hpp"

#include <string>

namespace qb::company {

// What came of one call: the outcome, and of an accepted one the parsed answer.
struct Reply {
  verdict::Outcome outcome;
  qbo::Value answer;
  std::int64_t duration_ms = 0;
};

// One QuickBooks company. Decorators, from outside in: Traced (log), Paced (budget), Authorised
// (token, one refresh on 401), Wire (http). Threads: one call at a time.
class Company {
 public:
  virtual ~Company() = default;
  // `request_id`: of a write; "" for a read. Never throws for what the network or QuickBooks do.
  virtual Reply call(const qbo::Request& request, const std::string& request_id) = 0;
};

} // namespace qb::company
