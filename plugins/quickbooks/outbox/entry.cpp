#include "outbox/entry.hpp"

#include "erp/sdk/canonical_json.hpp"

#include <algorithm>

namespace qb::outbox {

Entry entry_of(const erp::Event& event, erp::Instant now) {
  Entry entry;
  entry.event_id = event.event_id;
  entry.kind = erp::to_string(event.kind);
  entry.subject = erp::subject_of(event);
  entry.ordering_key = erp::ordering_key_of(event);
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document))
    entry.version = order->version;
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    entry.version = cancellation->order.version;
  entry.snapshot = erp::to_json(event);
  entry.due_at = entry.recorded_at = now;
  return entry;
}

bool counts_more(const Entry& a, const Entry& b) {
  if (a.version != b.version) return a.version > b.version;
  if (a.version > 0 && a.derived != b.derived) return b.derived;
  return a.id > b.id;
}

const Entry* newest_of(const std::vector<Entry>& entries) {
  const auto newest =
      std::max_element(entries.begin(), entries.end(),
                       [](const Entry& a, const Entry& b) { return counts_more(b, a); });
  return newest == entries.end() ? nullptr : &*newest;
}

} // namespace qb::outbox
