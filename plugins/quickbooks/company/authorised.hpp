#pragma once

#include "company/wire.hpp"

namespace qb::company {

// Adds the token; after a 401 renews it and calls once more with the same request id. `realm` is
// the company that was opened: where the token turns out to be of another one, nothing is sent.
class Authorised final : public Company {
 public:
  Authorised(Wire wire, oauth::TokenSource& tokens, std::string realm)
      : wire_(std::move(wire)), tokens_(tokens), realm_(std::move(realm)) {}
  using Company::call;
  Reply call(const qbo::Request& request, const std::string& request_id,
             const Leaving& leaving) override;

 private:
  Wire wire_;
  oauth::TokenSource& tokens_;
  std::string realm_;
};

} // namespace qb::company
