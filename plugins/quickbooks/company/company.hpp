#pragma once

#include "core/qbo/request.hpp"
#include "core/qbo/value.hpp"
#include "core/verdict/outcome.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace qb::company {

// What came of one call: the outcome, and of an accepted one the parsed answer. Of a batch,
// accepted says that its items were answered; each holds an object or a fault of its own.
struct Reply {
  verdict::Outcome outcome;
  qbo::Value answer;
  std::int64_t duration_ms = 0; // on the network; waiting for the pacer does not count
  bool withheld = false;        // by Leaving: the outcome says nothing, for nothing was asked
};

// Asked right before the first byte leaves, after every wait for a turn or a token, and again
// before a second try: what it notes down as sent was not sent earlier. False: it may not leave any
// more. What it throws passes through call().
using Leaving = std::function<bool()>;

// One QuickBooks company. Decorators, from outside in: Traced (log), Paced (budget), Authorised
// (token, one refresh on 401), Wire (http). Threads: one call at a time.
class Company {
 public:
  virtual ~Company() = default;
  // `request_id`: of a write; "" for a read. Never throws for what the network or QuickBooks do;
  // what the store throws when a token is renewed passes through.
  virtual Reply call(const qbo::Request& request, const std::string& request_id,
                     const Leaving& leaving) = 0;
  Reply call(const qbo::Request& request, const std::string& request_id) {
    return call(request, request_id, [] { return true; });
  }
};

// Intuit ignores 1 to 74 and serves 75 (minor versions; confirmed).
constexpr const char* minor_version = "75";

} // namespace qb::company
