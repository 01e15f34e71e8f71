#pragma once

#include "marketplace/document.hpp"

#include <string>
#include <vector>

namespace host::marketplace {

constexpr const char* keys_name = "keys.json";

// Whom the root of a marketplace vouches for.
struct Publisher {
  std::string name;
  bundle::PublicKey key;
  // "com.example" stands for the id com.example and all that begin with "com.example.".
  std::vector<std::string> prefixes;
};

struct Trust {
  Standing standing;
  std::vector<bundle::PublicKey> marketplace; // whose index.json is good
  std::vector<Publisher> publishers;

  // The publishers that may sign a plugin of this id.
  std::vector<Publisher> allowed_for(const std::string& id) const;
};

// Does not look at the time: see check_time().
Outcome<Trust> read_trust(const Document& document, const bundle::PublicKey& root);

} // namespace host::marketplace
