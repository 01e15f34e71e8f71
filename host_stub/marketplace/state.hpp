#pragma once

#include "home/folders.hpp"
#include "marketplace/document.hpp"

#include <map>

namespace host::marketplace {

// The highest serials that were good.
struct Seen {
  std::uint64_t keys = 0, index = 0;
};

// What a home remembers of its marketplace, in one file: the old state or the new one.
struct State {
  std::string location, ca_file;    // empty location: there is no marketplace
  std::map<std::string, Seen> seen; // by the fingerprint of the root key
  Document keys, index;
};

Outcome<State> read_state(const home::Folders& folders);
Outcome<void> write_state(const home::Folders& folders, const State& state);

} // namespace host::marketplace
