#pragma once

#include "company/company.hpp"
#include "company/pacer.hpp"
#include "company/traced.hpp"
#include "http/transport.hpp"
#include "oauth/token_source.hpp"

#include <functional>
#include <memory>
#include <string>

namespace qb::company {

// What a company stands on. The references must outlive it.
struct Footing {
  http::Transport& transport;
  oauth::TokenSource& tokens;
  Pacer& pacer;         // of this company: shared by all that call it, kept over reconnects
  std::string api_base; // oauth::api_base_of(settings)
  std::string realm;    // the company; a token of another one is not used
  std::function<erp::Instant()> now;
  std::function<bool(erp::Instant until)> wait; // see Paced
  std::function<void(const Trace&)> trace;
  // Others may be let in then. False: there is no time left, and QuickBooks is not asked.
  std::function<bool()> before_call = [] { return true; };
};

// Traced over Paced over Authorised over Wire, and before_call before each call.
std::unique_ptr<Company> open_company(Footing footing);

} // namespace qb::company
