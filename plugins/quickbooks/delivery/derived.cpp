#include "delivery/derived.hpp"

#include "delivery/digest.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <utility>

namespace qb::delivery {

using outbox::Entry;
using outbox::Outbox;

bool closes_order(const erp::Event& event) {
  const auto* order = std::get_if<erp::PurchaseOrder>(&event.document);
  return std::holds_alternative<erp::Cancellation>(event.document) ||
         (order && order->status != erp::PurchaseOrderStatus::ordered);
}

bool cancels_order(const Entry& entry) {
  const auto event = erp::event_from_json(entry.snapshot);
  if (!event) return false;
  const auto* order = std::get_if<erp::PurchaseOrder>(&event->document);
  return std::holds_alternative<erp::Cancellation>(event->document) ||
         (order && order->status == erp::PurchaseOrderStatus::cancelled);
}

Entry derived_entry(erp::Event event, erp::Instant now) {
  event.event_id = "derived-" + new_request_id();
  Entry made;
  made.event_id = event.event_id;
  made.kind = erp::to_string(event.kind);
  made.subject = erp::subject_of(event);
  made.derived = true;
  made.cause = outbox::Cause::derived;
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document))
    made.version = order->version;
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    made.version = cancellation->order.version;
  made.snapshot = erp::to_json(event);
  made.due_at = made.recorded_at = now;
  return made;
}

std::optional<Entry> closing_again(store::Connection& db, const std::string& order_subject,
                                   erp::Instant now) {
  const auto newest = Outbox::newest_of(db, order_subject);
  if (!newest || newest->state != outbox::State::delivered) return std::nullopt;
  auto event = erp::event_from_json(newest->snapshot);
  if (!event || !closes_order(*event)) return std::nullopt;
  return derived_entry(std::move(*event), now);
}

} // namespace qb::delivery
