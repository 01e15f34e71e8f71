#pragma once

#include "outbox/entry.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace qb::store {
class Database;
}

namespace qb::outbox {

// Which entries a person wants to see; of all that is set, all must hold.
struct Wanted {
  bool open_only = false;
  std::optional<State> state;
  std::string subject; // "": any
};

struct Row {
  Entry entry; // without its snapshot
  std::int64_t attempts_made = 0;
};

struct Page {
  std::vector<Row> rows;        // newest first; may be empty although more follow
  std::int64_t next_before = 0; // where the next page begins; 0: this was the last
};

// The outbox in pieces, so that no reading holds the store for long while hooks wait for it.
// Entries that come meanwhile are not in it. One thread uses it.
class Pages {
 public:
  static constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();
  static constexpr int length_max = 200; // rows of a page; also a good number for one write

  explicit Pages(store::Database& store);

  Page before(const Wanted& wanted, std::int64_t before_id) const;
  std::int64_t count(const Wanted& wanted) const;
  // Of the entries that an issue blocks, those after `after_id`, at most length_max, by id.
  std::vector<std::int64_t> blocked_by(std::int64_t issue_id, std::int64_t after_id) const;

 private:
  bool through_indexes(const Wanted& wanted) const;

  store::Database& store_;
  bool few_are_open_;
};

} // namespace qb::outbox
