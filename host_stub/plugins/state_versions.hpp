#pragma once

#include "outcome/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::plugins {

// What plugin.json says of the form in which a plugin keeps its data: "state_version", which it
// writes, and "reads_state", all that it can start from. A bare library says nothing.
struct StateVersions {
  std::optional<std::int64_t> writes;
  std::vector<std::int64_t> reads; // empty: not said

  // False only where both say so.
  bool can_read(const StateVersions& other) const;

  // As a column of host.db: "3:2,3"; empty: nothing said.
  std::string to_text() const;
  static StateVersions from_text(const std::string& text);
};

// The whole plugin.json. A problem: what it says makes no sense.
Outcome<StateVersions> state_versions_of(std::string_view manifest);

} // namespace host::plugins
