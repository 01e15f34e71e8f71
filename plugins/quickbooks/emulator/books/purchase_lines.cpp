#include "change.hpp"

#include "text.hpp"

#include <map>
#include <set>

namespace emulator::books {
namespace {

constexpr int amount_decimals_max = 5;          // 10 digits before the point, 5 behind it
constexpr long long amount_max = 9'999'999'999; // (API reference, PurchaseOrder line)
constexpr int price_decimals = 7;
constexpr std::size_t lines_max = 10'000; // "limits and throttles" page

constexpr std::string_view item_detail = "ItemBasedExpenseLineDetail";
constexpr std::string_view account_detail = "AccountBasedExpenseLineDetail";

bool in_us(const Company& company) {
  return company.region == Region::us;
}

Objection settle_amount(Value& line, const std::string& detail_type) {
  auto& detail = *line.find(detail_type);
  const bool documentation = detail_type == item_detail && !detail.find("ItemRef");
  if (documentation) {
    // A line without item only carries text; QuickBooks ignores its amount.
    line.set("Amount", Decimal{});
    return {};
  }
  if (!line.find("Amount")) return faults::missing("Line.Amount");
  const auto amount = line.number_of("Amount");
  if (amount.scale() > amount_decimals_max || amount.magnitude() > Decimal{amount_max})
    return faults::coded("2110", "Invalid Decimal", amount.text(), "Line.Amount");
  line.set("Amount", amount.rounded(2));
  if (detail_type != item_detail) return {};
  if (detail.find("UnitPrice"))
    detail.set("UnitPrice", detail.number_of("UnitPrice").rounded(price_decimals).trimmed());
  const auto quantity = detail.number_of("Qty");
  if (detail.find("Qty") && detail.find("UnitPrice")) {
    if ((quantity * detail.number_of("UnitPrice")).rounded(2) == amount.rounded(2)) return {};
    return faults::amount_mismatch(amount.text());
  }
  if (detail.find("Qty") && quantity.sign() != 0)
    detail.set("UnitPrice", Decimal::quotient(amount, quantity, price_decimals).trimmed());
  return {};
}

Objection check_item(const Company& company, const Change& change, const Value& detail) {
  const auto* item = company.find(Entity::item, detail.ref_of("ItemRef"));
  if (!item) return {};
  if (!item->body.find("ExpenseAccountRef"))
    return faults::business("The item " + item->body.text_of("Name") +
                            " has no expense account, so it cannot be bought.");
  const bool posts = change.info.entity == Entity::bill;
  if (posts && item->body.text_of("Type") == "Inventory" &&
      change.body.text_of("TxnDate") < item->body.text_of("InvStartDate"))
    return faults::coded("6270", "Transaction date is prior to start date for inventory item",
                         item->body.text_of("Name"), "TxnDate");
  return {};
}

Objection check_account(const Company& company, const Value& detail) {
  const auto id = detail.ref_of("AccountRef");
  if (id.empty())
    return faults::coded("6440", "Account is missing",
                         "Each line with an amount needs an item or an account.",
                         "Line.AccountRef");
  const auto type = company.find(Entity::account, id)->body.text_of("AccountType");
  if (type == "Accounts Payable" || type == "Accounts Receivable")
    return faults::account_type(
        "You need to select a different type of account for this transaction.");
  return {};
}

Objection settle_detail(const Company& company, const Change& change, Value& line) {
  const auto type = line.text_of("DetailType");
  if (type.empty()) return faults::missing("Line.DetailType");
  if (type != item_detail && type != account_detail)
    return faults::business("Lines of type " + type + " are not supported in this transaction.");
  if (!line.find(type)) return faults::missing("Line." + type);
  line.erase(type == item_detail ? account_detail : item_detail);
  if (auto objection = settle_amount(line, type)) return objection;

  auto& detail = *line.find(type);
  const auto objection =
      type == item_detail ? check_item(company, change, detail) : check_account(company, detail);
  if (objection) return objection;
  if (detail.text_of("BillableStatus") == "Billable" && !detail.find("CustomerRef"))
    return faults::coded("6310", "Customer is missing", "A billable line needs a customer.",
                         "Line." + type + ".CustomerRef");
  if (!detail.find("BillableStatus")) detail.set("BillableStatus", "NotBillable");
  if (!company.preference("AccountingInfoPrefs", "ClassTrackingPerTxnLine"))
    detail.erase("ClassRef");
  if (in_us(company)) {
    const auto code = detail.ref_of("TaxCodeRef");
    if (code.empty())
      detail.set("TaxCodeRef", reference_to("NON"));
    else if (code != "TAX" && code != "NON")
      return faults::coded("6100", "Invalid tax code", "US transactions take TAX or NON only.",
                           "Line." + type + ".TaxCodeRef");
  }
  return {};
}

/// Gives lines their ids: a known one is kept, anything else makes a new line. What the service
/// itself keeps on a line (Received) comes from the stored one.
void settle_ids(Change& change, Value::List& lines) {
  std::map<std::string, const Value*> stored;
  if (change.before)
    for (const auto& line : change.before->body.list_of("Line"))
      stored.emplace(line.text_of("Id"), &line);
  std::set<std::string> used;
  long long position = 0;
  for (auto& line : lines) {
    const auto id = line.text_of("Id");
    const auto known = stored.find(id);
    const bool keeps = known != stored.end() && used.insert(id).second;
    line.erase("Received");
    if (keeps) {
      if (const auto* received = known->second->find("Received")) line.set("Received", *received);
      // A line that was not linked when it was made cannot be linked later; the link is dropped.
      const bool was_linked = !known->second->list_of("LinkedTxn").empty();
      if (!was_linked) line.erase("LinkedTxn");
    } else {
      line.set("Id", std::to_string(change.next_line++));
    }
    line.set("LineNum", Decimal{++position});
  }
}

} // namespace

Objection settle_purchase_lines(const Company& company, Change& change) {
  auto* lines = change.body.find("Line")->as_list();
  if (lines->size() > lines_max) return faults::business("A transaction has at most 10,000 lines.");
  for (auto& line : *lines) {
    if (auto objection = settle_detail(company, change, line)) return objection;
    if (change.info.entity == Entity::purchase_order) line.erase("LinkedTxn");
  }
  settle_ids(change, *lines);
  return {};
}

} // namespace emulator::books
