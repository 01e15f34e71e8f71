#include "acceptance/orders.hpp"

#include <nlohmann/json.hpp>

namespace acceptance {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const std::optional<std::string>& text) {
  return text ? ordered_json(*text) : ordered_json(nullptr);
}

ordered_json json_of(const Part& part) {
  return {{"id", part.id},
          {"number", part.number},
          {"revision", json_of(part.revision)},
          {"description", part.description},
          {"kind", part.kind},
          {"active", part.active}};
}

ordered_json json_of(const Supplier& supplier) {
  return {{"id", supplier.id},
          {"name", supplier.name},
          {"email", json_of(supplier.email)},
          {"currency", supplier.currency},
          {"address",
           {{"line1", supplier.line1},
            {"line2", ""},
            {"city", "Exampleton"},
            {"region", "CA"},
            {"postal_code", "90000"},
            {"country", "US"}}}};
}

ordered_json json_of(const Line& line) {
  return {{"id", line.id},
          {"part", line.part ? json_of(*line.part) : ordered_json(nullptr)},
          {"description", line.description},
          {"quantity", json_of(line.quantity)},
          {"unit_cost", json_of(line.unit_cost)},
          {"total", line.total},
          {"attributes",
           {{"Expense Code", json_of(line.expense_code)}, {"Class", json_of(line.klass)}}}};
}

ordered_json json_of(const Order& order) {
  ordered_json lines = ordered_json::array(), fees = ordered_json::array();
  for (const Line& line : order.lines)
    lines.push_back(json_of(line));
  for (const Fee& fee : order.fees)
    fees.push_back({{"id", fee.id}, {"name", fee.name}, {"amount", fee.amount}});
  return {{"id", order.id},
          {"number", order.id},
          {"version", order.version},
          {"status", order.status},
          {"currency", order.currency},
          {"exchange_rate", json_of(order.exchange_rate)},
          {"ordered_on", order.ordered_on},
          {"due_on", json_of(order.due_on)},
          {"memo", json_of(order.memo)},
          {"reference", json_of(order.reference)},
          {"supplier", json_of(order.supplier)},
          {"ship_to",
           {{"name", "Larkfield Works"},
            {"line1", "1 Mill Road"},
            {"line2", "Dock 3"},
            {"city", "Sampleville"},
            {"region", "OH"},
            {"postal_code", "45400"},
            {"country", "US"}}},
          {"lines", std::move(lines)},
          {"fees", std::move(fees)}};
}

ordered_json json_of(const Receipt& receipt, const Order& order) {
  ordered_json lines = ordered_json::array();
  for (const auto& [line, quantity] : receipt.lines)
    lines.push_back({{"po_line_id", line}, {"quantity", quantity}});
  return {{"id", receipt.id},
          {"number", receipt.number.value_or(receipt.id)},
          {"received_on", json_of(receipt.received_on)},
          {"complete", receipt.complete},
          {"purchase_order", json_of(order)},
          {"lines", std::move(lines)}};
}

Receipt of_first_line(const Order& order, const std::string& quantity) {
  return {.id = "R-" + order.id, .complete = true, .lines = {{"1", quantity}}};
}

std::string event(const std::string& event_id, const char* kind, const char* document,
                  ordered_json content) {
  ordered_json out{{"event_id", event_id},
                   {"occurred_at", "2026-11-20T10:00:00Z"},
                   {"actor", "buyer"},
                   {"kind", kind}};
  out[document] = std::move(content);
  return out.dump() + "\n";
}

} // namespace

std::string po_ordered(const std::string& event_id, const Order& order) {
  return event(event_id, "po_ordered", "purchase_order", json_of(order));
}

std::string po_cancelled(const std::string& event_id, const Order& order,
                         const std::optional<std::string>& reason) {
  ordered_json out =
      ordered_json::parse(event(event_id, "po_cancelled", "purchase_order", json_of(order)));
  if (reason) out["reason"] = *reason;
  return out.dump() + "\n";
}

std::string po_received(const std::string& event_id, const Order& order) {
  return event(event_id, "po_received", "receipt", json_of(of_first_line(order, "10"), order));
}

std::string receipt_corrected(const std::string& event_id, const Order& order,
                              const std::string& quantity) {
  return event(event_id, "receipt_corrected", "receipt",
               json_of(of_first_line(order, quantity), order));
}

std::string po_received(const std::string& event_id, const Order& order, const Receipt& receipt) {
  return event(event_id, "po_received", "receipt", json_of(receipt, order));
}

std::string receipt_corrected(const std::string& event_id, const Order& order,
                              const Receipt& receipt) {
  return event(event_id, "receipt_corrected", "receipt", json_of(receipt, order));
}

std::string part_saved(const std::string& event_id, const Part& part) {
  return event(event_id, "part_saved", "part", json_of(part));
}

std::string supplier_saved(const std::string& event_id, const Supplier& supplier) {
  return event(event_id, "supplier_saved", "supplier", json_of(supplier));
}

Line one_more_line() {
  return {.id = "2",
          .description = "One more bracket",
          .quantity = "1",
          .unit_cost = "12.5",
          .total = "12.5"};
}

Order order_numbered(const std::string& id) {
  Order order;
  order.id = id;
  return order;
}

Order order_of_every_kind(const std::string& id) {
  Order order = order_numbered(id);
  Line stocked;
  Line odd_price{.id = "2",
                 .part = Part{.id = "P-2",
                              .number = "771003",
                              .revision = std::nullopt,
                              .description = "Bearing, sealed"},
                 .description = "Bearing, sealed",
                 .quantity = "3",
                 .unit_cost = "45.5805",
                 .total = "136.7415",
                 .klass = "R&D"};
  Line expense{.id = "3",
               .part = std::nullopt,
               .description = "Cutting oil, one drum",
               .quantity = "1",
               .unit_cost = "89.9",
               .total = "89.9",
               .expense_code = "Shop Supplies"};
  order.lines = {stocked, odd_price, expense};
  order.fees = {Fee()};
  return order;
}

} // namespace acceptance
