#include "books.hpp"
#include "value.hpp"

namespace emulator {

Tally tally(const Call& call) {
  if (call.method == "GET" || call.path == "query") return {true, 0, 1, false};
  if (call.path != "batch") return {false, 1, 0, false};
  Tally counts{false, 0, 0, true};
  const auto body = books::parse_json(call.body);
  if (!body) return {false, 1, 0, true};
  for (const auto& item : body->list_of("BatchItemRequest")) {
    if (item.find("Query"))
      ++counts.reads;
    else
      ++counts.writes;
  }
  counts.metered = counts.reads > 0;
  return counts;
}

} // namespace emulator
