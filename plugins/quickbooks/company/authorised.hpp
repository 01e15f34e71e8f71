#pragma once

#include "company/wire.hpp"

namespace qb::company {

// Adds the token; after a 401 renews it and calls once more with the same request id. `api_base`
// and realm belong together: the token's realm is the one that is called.
class Authorised final : public Company {
 public:
  Authorised(Wire wire, oauth::TokenSource& tokens) : wire_(std::move(wire)), tokens_(tokens) {}
  Reply call(const qbo::Request& request, const std::string& request_id) override;

 private:
  Wire wire_;
  oauth::TokenSource& tokens_;
};

} // namespace qb::company
