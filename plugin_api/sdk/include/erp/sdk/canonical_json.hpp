#pragma once

#include "erp/sdk/document.hpp"

#include <string>
#include <string_view>
#include <tl/expected.hpp>

// The one text form of events: outbox, fixtures, command line and replay all speak it.
// Amounts, quantities and rates are decimal strings; dates YYYY-MM-DD; instants RFC 3339; absent is
// null or missing; unknown members are ignored.
namespace erp {

constexpr std::size_t text_length_max_bytes = ERP_TEXT_SIZE_MAX;

// Why a line is no event. `field` is a path such as "purchase_order.lines[2].total", empty for the
// whole.
struct JsonProblem {
  std::string event_id; // as far as it could be read
  std::string field;
  std::string what; // "must be a decimal string such as \"12.50\""
};

// Strict: malformed JSON, invalid UTF-8, an unknown kind, a missing or wrongly typed member, a
// number that is no decimal string or does not fit, a text over text_length_max_bytes are problems.
// A missing event_id is not (the host makes one).
tl::expected<Event, JsonProblem> event_from_json(std::string_view text);

// One line, members in the documented order, attributes in that of their keys; ends without
// newline. The inverse of event_from_json. Precondition: all texts are UTF-8 (copy() sees to it).
std::string to_json(const Event& event);

// The document alone, as in a snapshot.
std::string to_json(const PurchaseOrder& order);

} // namespace erp
