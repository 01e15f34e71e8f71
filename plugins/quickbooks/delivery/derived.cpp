#include "delivery/derived.hpp"

#include "delivery/digest.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <utility>

namespace qb::delivery {

using outbox::Entry;
using outbox::Outbox;

namespace {

// How the event says that its order stands; nullopt: it is of no order.
std::optional<erp::PurchaseOrderStatus> status_in(const erp::Event& event) {
  if (std::holds_alternative<erp::Cancellation>(event.document))
    return erp::PurchaseOrderStatus::cancelled;
  const auto* order = std::get_if<erp::PurchaseOrder>(&event.document);
  return order ? std::optional(order->status) : std::nullopt;
}

} // namespace

bool closes_order(const erp::Event& event) {
  const auto status = status_in(event);
  return status && *status != erp::PurchaseOrderStatus::ordered;
}

bool cancels_order(const Entry& entry) {
  const auto event = erp::event_from_json(entry.snapshot);
  return event && status_in(*event) == erp::PurchaseOrderStatus::cancelled;
}

Entry derived_entry(erp::Event event, erp::Instant now) {
  event.event_id = "derived-" + new_request_id();
  Entry made = outbox::entry_of(event, now);
  made.derived = true;
  made.cause = outbox::Cause::derived;
  return made;
}

std::optional<Entry> once_more(store::Connection& db, const std::string& subject, erp::Instant now,
                               bool (*wanted)(const erp::Event&)) {
  const auto newest = Outbox::newest_of(db, subject);
  if (!newest || newest->state != outbox::State::delivered) return std::nullopt;
  auto event = erp::event_from_json(newest->snapshot);
  if (!event || (wanted && !wanted(*event))) return std::nullopt;
  return derived_entry(std::move(*event), now);
}

} // namespace qb::delivery
