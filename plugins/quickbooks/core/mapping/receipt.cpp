#include "core/mapping/receipt.hpp"

#include "core/mapping/purchase_order.hpp"
#include "core/mapping/standing.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

// Whether it is the last receipt of the order: it says so, or it brings every line in full.
bool completes(const erp::Receipt& receipt) {
  if (receipt.complete) return true;
  const auto& lines = receipt.order.lines;
  return std::all_of(lines.begin(), lines.end(), [&](const erp::PurchaseOrderLine& line) {
    erp::Decimal received;
    for (const erp::ReceiptLine& one : receipt.lines)
      if (one.po_line_id == line.id) received = received.plus(one.quantity).value_or(received);
    return received > erp::Decimal(0) && (!line.quantity || received >= *line.quantity);
  });
}

} // namespace

First order_first(const erp::Event& event) {
  erp::Event order;
  order.occurred_at = event.occurred_at;
  order.actor = event.actor;
  order.kind = erp::EventKind::po_ordered;
  order.document = std::get<erp::Receipt>(event.document).order;
  return First{{std::move(order)}};
}

Plan close_received_order(const erp::Event& event, const References& references) {
  const erp::Receipt& receipt = std::get<erp::Receipt>(event.document);
  if (!completes(receipt))
    return Nothing{"the order is not complete with it (receipts=close_only)"};
  const std::string subject = "purchase_order/" + receipt.order.id;
  const auto written = references.written(subject);
  if (!written || written->entity_id.empty()) {
    if (receipt.order.status == erp::PurchaseOrderStatus::cancelled)
      return Nothing{"the order was cancelled before it was sent"};
    return order_first(event);
  }
  const auto standing = standing_of(*written);
  if (!standing) return ReadFirst{qbo::Entity::purchase_order, written->entity_id, subject, ""};
  if (standing->text_of("POStatus") == "Closed") return Nothing{"QuickBooks has it closed already"};
  return closed_as_it_stands(receipt.order, subject, *written, *standing);
}

Plan receipt(const erp::Event& event, bool derived, const References& references,
             const settings::Settings& settings) {
  if (settings.receipts == settings::Receipts::none) return Nothing{"receipts=none"};
  if (!settings.sync_orders) return Nothing{"sync_orders=off"};
  if (settings.receipts == settings::Receipts::close_only)
    return close_received_order(event, references);
  return receipt_to_bill(event, derived, references, settings);
}

} // namespace qb::mapping
