#include "core/mapping/plan.hpp"

#include "core/mapping/part_to_item.hpp"
#include "core/mapping/purchase_order.hpp"
#include "core/mapping/receipt.hpp"
#include "core/mapping/supplier_to_vendor.hpp"
#include "core/money/line_price.hpp"

namespace qb::mapping {

Plan plan(const erp::Event& event, bool derived, const References& references,
          const settings::Settings& settings) {
  switch (event.kind) {
  case erp::EventKind::part_saved:
    return part_to_item(event, derived, references, settings);
  case erp::EventKind::po_ordered:
    return purchase_order(event, references, settings);
  case erp::EventKind::supplier_saved:
    return supplier_to_vendor(event, derived, references, settings);
  case erp::EventKind::po_received:
  case erp::EventKind::receipt_corrected:
    return receipt(event, derived, references, settings);
  case erp::EventKind::po_cancelled:
    return cancelled_order(std::get<erp::Cancellation>(event.document).order,
                           erp::subject_of(event), references, settings);
  }
  return Nothing{"unknown kind of event"};
}

namespace {

// What came in at the order's prices, without fees.
Worth worth_of(const erp::Receipt& receipt) {
  erp::Decimal sum;
  for (const erp::ReceiptLine& received : receipt.lines)
    for (const erp::PurchaseOrderLine& line : receipt.order.lines) {
      if (line.id != received.po_line_id) continue;
      std::optional<erp::Decimal> value = line.total;
      if (line.quantity && *line.quantity != received.quantity && !line.quantity->is_zero()) {
        value = line.total.divided_by(*line.quantity, money::unit_price_places_max,
                                      erp::Rounding::half_away_from_zero);
        if (value)
          value = value->times_rounded(received.quantity, money::amount_places_max,
                                       erp::Rounding::half_away_from_zero);
      }
      const auto amount = value ? money::document_amount(*value, receipt.order.currency) : value;
      if (const auto next = amount ? sum.plus(*amount) : std::nullopt) sum = *next;
    }
  return {receipt.order.currency, sum.trimmed().to_string()};
}

} // namespace

Worth worth_of(const erp::Event& event) {
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document)) return worth_of(*order);
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    return worth_of(cancellation->order);
  if (const auto* received = std::get_if<erp::Receipt>(&event.document)) return worth_of(*received);
  return {};
}

Worth worth_of(const erp::PurchaseOrder& order) {
  erp::Decimal sum;
  const auto add = [&](const erp::Decimal& amount) {
    const auto rounded = money::document_amount(amount, order.currency);
    const auto next = sum.plus(rounded.value_or(amount));
    if (next) sum = *next;
  };
  for (const auto& line : order.lines)
    add(line.total);
  for (const auto& fee : order.fees)
    add(fee.amount);
  return {order.currency, sum.trimmed().to_string()};
}

namespace {

int classes_in(const qbo::Value& document) {
  int count = document.find("ClassRef") ? 1 : 0;
  const qbo::Value* const lines = document.find("Line");
  if (lines && lines->items())
    for (const qbo::Value& line : *lines->items())
      count += line.find(line.text_of("DetailType"), "ClassRef") ? 1 : 0;
  return count;
}

} // namespace

bool drops_classes(const qbo::Value& sent, const qbo::Value& answer) {
  return classes_in(answer) < classes_in(sent);
}

std::optional<Obstacle> tax_difference(const std::string& host_tax, const qbo::Value& answer) {
  const auto host = erp::Decimal::parse(host_tax);
  const qbo::Value* const detail = answer.find("TxnTaxDetail");
  if (!host) return std::nullopt;
  const auto reckoned = detail ? detail->decimal_of("TotalTax") : std::nullopt;
  if (reckoned.value_or(erp::Decimal(0)) == *host) return std::nullopt;
  return Obstacle{ObstacleKind::tax_differs,
                  host_tax,
                  "",
                  "fees",
                  reckoned.value_or(erp::Decimal(0)).trimmed().to_string(),
                  {}};
}

} // namespace qb::mapping
