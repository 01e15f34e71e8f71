#include "core/mapping/billing.hpp"

#include "core/qbo/value.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

using qbo::Value;

Value json_of(const Quantities& quantities) {
  Value out = Value::object();
  for (const auto& [line, quantity] : quantities)
    out.set(line, quantity.trimmed().to_string());
  return out;
}

const Value::Object& members_of(const Value& json, std::string_view key) {
  static const Value::Object none;
  const Value* const value = json.find(key);
  return value && value->members() ? *value->members() : none;
}

std::optional<erp::Decimal> decimal_in(const Value& value) {
  return value.text() ? erp::Decimal::parse(*value.text()) : std::nullopt;
}

} // namespace

std::string to_json(const Billing& billing) {
  Value receipts = Value::object(), lines = Value::object(), unlinked = Value::array();
  for (const auto& [receipt, quantities] : billing.receipts)
    receipts.set(receipt, json_of(quantities));
  for (const auto& [line, part] : billing.lines) {
    Value one = Value::object();
    if (part.quantity) one.set("quantity", part.quantity->trimmed().to_string());
    one.set("amount", part.amount.to_string());
    lines.set(line, std::move(one));
  }
  for (const std::string& line : billing.unlinked)
    unlinked.push(line);
  Value out = Value::object();
  out.set("receipts", std::move(receipts)).set("lines", std::move(lines));
  if (!billing.unlinked.empty()) out.set("unlinked", std::move(unlinked));
  return qbo::write(out);
}

Billing billing_from(std::string_view json) {
  Billing billing;
  const auto value = qbo::read(json);
  if (!value) return billing;
  for (const auto& [receipt, quantities] : members_of(*value, "receipts")) {
    Quantities& received = billing.receipts[receipt];
    if (quantities.members())
      for (const auto& [line, quantity] : *quantities.members())
        if (const auto number = decimal_in(quantity)) received[line] = *number;
  }
  for (const auto& [line, part] : members_of(*value, "lines")) {
    const auto amount = erp::Decimal::parse(part.text_of("amount"));
    if (amount) billing.lines[line] = {erp::Decimal::parse(part.text_of("quantity")), *amount};
  }
  if (const Value* unlinked = value->find("unlinked"); unlinked && unlinked->items())
    for (const Value& line : *unlinked->items())
      if (line.text()) billing.unlinked.push_back(*line.text());
  return billing;
}

bool lets_go(const Billing& before, const Billing& after) {
  return std::any_of(before.lines.begin(), before.lines.end(), [&](const auto& entry) {
    const auto now = after.lines.find(entry.first);
    if (now == after.lines.end()) return true;
    const BilledPart &then = entry.second, &left = now->second;
    if (then.quantity && left.quantity) return *left.quantity < *then.quantity;
    return left.amount < then.amount;
  });
}

} // namespace qb::mapping
