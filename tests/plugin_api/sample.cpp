#include "sample.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace sample {
namespace {

// Whatever a text may be made of: quotes, controls, two to four bytes, U+0000, U+FFFF, U+10FFFF.
constexpr std::array<std::string_view, 18> pieces = {"a",
                                                     "Z",
                                                     "0",
                                                     " ",
                                                     "\"",
                                                     "\\",
                                                     "/",
                                                     "\n",
                                                     "\t",
                                                     "\x01",
                                                     "\x7f",
                                                     std::string_view("\0", 1),
                                                     "\xc3\xa4",
                                                     "\xe2\x82\xac",
                                                     "\xef\xbf\xbf",
                                                     "\xed\x9f\xbf",
                                                     "\xf0\x9f\x94\xa9",
                                                     "\xf4\x8f\xbf\xbf"};

auto tied(const erp::Part& p) {
  return std::tie(p.id, p.number, p.revision, p.description, p.kind, p.active);
}
auto tied(const erp::Address& a) {
  return std::tie(a.name, a.line1, a.line2, a.city, a.region, a.postal_code, a.country);
}
bool same(const std::optional<erp::Address>& a, const std::optional<erp::Address>& b) {
  return a.has_value() == b.has_value() && (!a || tied(*a) == tied(*b));
}
bool same(const erp::Supplier& a, const erp::Supplier& b) {
  return std::tie(a.id, a.name, a.email, a.currency) ==
             std::tie(b.id, b.name, b.email, b.currency) &&
         same(a.address, b.address);
}
bool same(const erp::Part& a, const erp::Part& b) {
  return tied(a) == tied(b);
}
bool same(const std::optional<erp::Part>& a, const std::optional<erp::Part>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
bool same(const erp::PurchaseOrderLine& a, const erp::PurchaseOrderLine& b) {
  return std::tie(a.id, a.description, a.quantity, a.unit_cost, a.total, a.attributes) ==
             std::tie(b.id, b.description, b.quantity, b.unit_cost, b.total, b.attributes) &&
         same(a.part, b.part);
}
bool same(const erp::Fee& a, const erp::Fee& b) {
  return std::tie(a.id, a.name, a.amount) == std::tie(b.id, b.name, b.amount);
}
bool same(const erp::ReceiptLine& a, const erp::ReceiptLine& b) {
  return std::tie(a.po_line_id, a.quantity) == std::tie(b.po_line_id, b.quantity);
}
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}
bool same(const erp::PurchaseOrder& a, const erp::PurchaseOrder& b) {
  return std::tie(a.id, a.number, a.version, a.status, a.currency, a.exchange_rate, a.ordered_on,
                  a.due_on, a.memo, a.reference) ==
             std::tie(b.id, b.number, b.version, b.status, b.currency, b.exchange_rate,
                      b.ordered_on, b.due_on, b.memo, b.reference) &&
         same(a.supplier, b.supplier) && same(a.ship_to, b.ship_to) && same(a.lines, b.lines) &&
         same(a.fees, b.fees);
}
bool same(const erp::Receipt& a, const erp::Receipt& b) {
  return std::tie(a.id, a.number, a.received_on, a.complete) ==
             std::tie(b.id, b.number, b.received_on, b.complete) &&
         same(a.order, b.order) && same(a.lines, b.lines);
}
bool same(const erp::Cancellation& a, const erp::Cancellation& b) {
  return a.reason == b.reason && same(a.order, b.order);
}

} // namespace

erp::Event ordered() {
  erp::PurchaseOrderLine line;
  line.id = "1";
  line.part = erp::Part{"P-1", "820412-001", "B", "Bracket", erp::PartKind::stocked, true};
  line.description = "Bracket";
  line.quantity = erp::Decimal(10);
  line.unit_cost = erp::Decimal(125, 1);
  line.total = erp::Decimal(125);
  line.attributes = {{"Class", "R&D"}, {"Expense Code", std::nullopt}};

  erp::PurchaseOrder order;
  order.id = order.number = "1042";
  order.version = 1;
  order.currency = "USD";
  order.exchange_rate = erp::Decimal(1);
  order.ordered_on = erp::Date{2026, 11, 20};
  order.supplier = {"S-7", "Hicks Hardware", std::nullopt, "USD",
                    erp::Address{std::nullopt, "", "", "", "", "", "US"}};
  order.ship_to = erp::Address{"", "", "", "", "", "", "US"};
  order.lines = {line};
  order.fees = {{"f1", "Shipping", erp::Decimal(15)}};

  erp::Event event;
  event.event_id = "e-1";
  event.occurred_at = *erp::parse_instant("2026-11-20T10:00:00Z");
  event.actor = "buyer";
  event.kind = erp::EventKind::po_ordered;
  event.document = order;
  return event;
}

std::string Documents::text() {
  std::string text;
  for (int length = below(12); length > 0; --length)
    text += pieces[static_cast<std::size_t>(below(static_cast<int>(pieces.size())))];
  return text;
}

std::string Documents::identifier() {
  return "i" + text();
}

std::optional<std::string> Documents::optional_text() {
  return below(3) == 0 ? std::nullopt : std::optional(text());
}

std::string Documents::currency() {
  constexpr std::array<const char*, 4> codes = {"USD", "EUR", "JPY", "KWD"};
  return codes[static_cast<std::size_t>(below(4))];
}

erp::Decimal Documents::decimal() {
  return erp::Decimal(static_cast<std::int64_t>(random_()) >> below(64), below(19));
}

std::optional<erp::Decimal> Documents::optional_decimal() {
  return below(3) == 0 ? std::nullopt : std::optional(decimal());
}

std::optional<erp::Date> Documents::optional_date() {
  if (below(3) == 0) return std::nullopt;
  return erp::Date{1 + below(9999), 1 + below(12), 1 + below(28)};
}

std::optional<erp::Address> Documents::optional_address() {
  if (below(3) == 0) return std::nullopt;
  return erp::Address{optional_text(), optional_text(), optional_text(), optional_text(),
                      optional_text(), optional_text(), optional_text()};
}

erp::Part Documents::part() {
  return {
      identifier(), text(), optional_text(), optional_text(), static_cast<erp::PartKind>(below(3)),
      below(2) == 0};
}

erp::Supplier Documents::supplier() {
  return {identifier(), text(), optional_text(),
          below(3) == 0 ? std::nullopt : std::optional(currency()), optional_address()};
}

erp::PurchaseOrderLine Documents::line() {
  erp::PurchaseOrderLine line;
  line.id = identifier();
  if (below(3) != 0) line.part = part();
  line.description = optional_text();
  line.quantity = line.part ? std::optional(decimal()) : optional_decimal();
  line.unit_cost = optional_decimal();
  line.total = decimal();
  for (int count = below(4); count > 0; --count)
    line.attributes[text()] = optional_text();
  return line;
}

erp::PurchaseOrder Documents::purchase_order() {
  erp::PurchaseOrder order;
  order.id = identifier();
  order.number = text();
  order.version = static_cast<std::int64_t>(random_());
  order.status = static_cast<erp::PurchaseOrderStatus>(below(3));
  order.currency = currency();
  order.exchange_rate = optional_decimal();
  order.ordered_on = optional_date();
  order.due_on = optional_date();
  order.memo = optional_text();
  order.reference = optional_text();
  order.supplier = supplier();
  order.ship_to = optional_address();
  for (int count = below(4); count > 0; --count)
    order.lines.push_back(line());
  for (int count = below(3); count > 0; --count)
    order.fees.push_back({identifier(), text(), decimal()});
  return order;
}

erp::Receipt Documents::receipt() {
  erp::Receipt receipt;
  receipt.id = identifier();
  receipt.number = text();
  receipt.received_on = optional_date();
  receipt.complete = below(2) == 0;
  receipt.order = purchase_order();
  for (int count = below(4); count > 0; --count)
    receipt.lines.push_back({identifier(), decimal()});
  return receipt;
}

erp::Event Documents::event() {
  erp::Event event;
  event.event_id = identifier();
  event.occurred_at = static_cast<erp::Instant>(random_() % 4'000'000'000'000'000U);
  event.actor = optional_text();
  event.kind = static_cast<erp::EventKind>(below(6));
  switch (event.kind) {
  case erp::EventKind::part_saved:
    event.document = part();
    break;
  case erp::EventKind::po_ordered:
    event.document = purchase_order();
    break;
  case erp::EventKind::po_received:
  case erp::EventKind::receipt_corrected:
    event.document = receipt();
    break;
  case erp::EventKind::po_cancelled:
    event.document = erp::Cancellation{purchase_order(), optional_text()};
    break;
  case erp::EventKind::supplier_saved:
    event.document = supplier();
    break;
  }
  return event;
}

bool equal(const erp::Event& a, const erp::Event& b) {
  if (std::tie(a.event_id, a.occurred_at, a.actor, a.kind) !=
          std::tie(b.event_id, b.occurred_at, b.actor, b.kind) ||
      a.document.index() != b.document.index())
    return false;
  return std::visit(
      [&](const auto& left) {
        return same(left, std::get<std::decay_t<decltype(left)>>(b.document));
      },
      a.document);
}

} // namespace sample
