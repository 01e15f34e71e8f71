#include "core/mapping/bill.hpp"

#include "core/mapping/line_ids.hpp"
#include "core/mapping/standing.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

using qbo::Value;

// Members of a Bill that may be written (Intuit, Bill; confirmed but for VendorAddr). TxnTaxDetail
// is not among them: it is the tax on the former amounts, and would stay fixed if it were sent.
constexpr const char* writable_members[] = {
    "VendorRef",     "APAccountRef", "CurrencyRef", "ExchangeRate",       "GlobalTaxCalculation",
    "DocNumber",     "TxnDate",      "DueDate",     "SalesTermRef",       "PrivateNote",
    "DepartmentRef", "VendorAddr",   "LinkedTxn",   "IncludeInAnnualTPAR"};

// The order line that a bill line is linked to: {TxnId, TxnLineId}; "" both if to none.
std::pair<std::string, std::string> target_of(const Value& line) {
  const Value* const links = line.find("LinkedTxn");
  if (links && links->items())
    for (const Value& link : *links->items())
      if (link.text_of("TxnType") == "PurchaseOrder")
        return {link.text_of("TxnId"), link.text_of("TxnLineId")};
  return {};
}

} // namespace

Value link_to_order(const std::string& order_id, const std::string& line_id) {
  return Value::object()
      .set("TxnId", order_id)
      .set("TxnType", "PurchaseOrder")
      .set("TxnLineId", line_id);
}

bool links_order_line(const Value& bill, const std::string& order_id, const std::string& line_id) {
  const std::pair<std::string, std::string> wanted{order_id, line_id};
  const auto& lines = lines_of(bill);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const Value& line) { return target_of(line) == wanted; });
}

std::vector<std::size_t> dropped_links(const Value& sent, const Value& answer) {
  std::vector<std::size_t> dropped;
  const auto& asked = lines_of(sent);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto [order_id, line_id] = target_of(asked[i]);
    if (!order_id.empty() && !links_order_line(answer, order_id, line_id)) dropped.push_back(i);
  }
  return dropped;
}

bool has_payments(const Value& bill) {
  const auto balance = bill.decimal_of("Balance"), total = bill.decimal_of("TotalAmt");
  if (balance && total && *balance != *total) return true;
  const Value* const links = bill.find("LinkedTxn");
  if (!links || !links->items()) return false;
  return std::any_of(links->items()->begin(), links->items()->end(), [](const Value& link) {
    return link.text_of("TxnType").starts_with("BillPayment");
  });
}

Value::Array bill_lines_over(const Value::Array& ours, const std::vector<std::string>& host_ids,
                             const Value& standing, const std::string& line_ids_json) {
  auto ids = line_ids_of(line_ids_json);
  std::map<std::string, const Value*> by_id;
  for (const Value& line : lines_of(standing))
    by_id.emplace(line.text_of("Id"), &line);
  for (std::size_t i = 0; i < ours.size() && !ids.empty(); ++i) {
    const auto wanted = target_of(ours[i]);
    if (wanted.first.empty()) continue;
    const auto known = by_id.find(ids[host_ids[i]]);
    if (known != by_id.end() && target_of(*known->second) == wanted) continue;
    for (const auto& [id, line] : by_id)
      if (target_of(*line) == wanted) ids[host_ids[i]] = id;
  }
  std::erase_if(ids, [](const auto& entry) { return entry.second.empty(); });
  Value record = Value::object();
  for (const auto& [host_id, id] : ids)
    record.set(host_id, id);
  // A class that QuickBooks' people gave stays where the host says none.
  MergedLines merged = merged_lines(ours, host_ids, standing,
                                    ids.empty() ? std::string() : qbo::write(record), false);
  Value::Array& lines = merged.lines;
  // On an order a line that a bill stands on would stay; here it is the bill that lets it go.
  const auto gone = lines.begin() + static_cast<std::ptrdiff_t>(ours.size());
  lines.erase(gone, gone + static_cast<std::ptrdiff_t>(merged.billed.size()));
  for (std::size_t i = 0; i < ours.size() && i < lines.size(); ++i) {
    const auto known = by_id.find(lines[i].text_of("Id"));
    if (known == by_id.end() || target_of(ours[i]).first.empty()) continue;
    if (target_of(*known->second) != target_of(ours[i])) {
      lines[i].erase("Id");
      lines[i].set("LinkedTxn", *ours[i].find("LinkedTxn"));
    }
  }
  return std::move(merged.lines);
}

Value bill_as_it_stands(const Written& written, const Value& standing) {
  return carried_over(written, standing, writable_members);
}

} // namespace qb::mapping
