#pragma once

#include "marketplace/index.hpp"

namespace host::marketplace {

constexpr const char* usual_channel = "stable";

struct Wish {
  std::string id;
  std::string version = {}; // empty: the newest
  std::string channel = usual_channel;
};

// The entry that `wish` means and that runs at `place`. The problem says what there is instead:
// near names, other platforms, why a version was withdrawn.
Outcome<Entry> chosen(const Index& index, const Wish& wish, const bundle::Place& place);

// All entries of an id, the newest first. ERP_E_NOT_FOUND with near names: there is none.
Outcome<std::vector<Entry>> entries_of(const Index& index, const std::string& id);

} // namespace host::marketplace
