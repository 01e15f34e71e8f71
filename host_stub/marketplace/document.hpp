#pragma once

#include "bundle/signature.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace host::marketplace {

// A signed document as it lies in a marketplace: NAME and NAME.minisig.
struct Document {
  std::string content, signature;
};

// The JSON object of `document`, whose signature by one of `keys` is good and says what `name` it
// has. `whose`: "the root key", for the problem.
Outcome<nlohmann::json> verified(const Document& document, const std::string& name,
                                 const std::vector<bundle::PublicKey>& keys,
                                 const std::string& whose);

// What every such document says of itself. A problem: it is past its time.
struct Standing {
  std::uint64_t serial = 0;
  std::int64_t expires_at = 0; // microseconds since 1970
};
Outcome<void> check_time(const Standing& standing, const std::string& name, std::int64_t now);

} // namespace host::marketplace
