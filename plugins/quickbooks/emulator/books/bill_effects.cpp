#include "bill_effects.hpp"
#include "account_kinds.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

constexpr int account_levels_max = 16;

Value* line_with_id(Value& order, std::string_view id) {
  auto* lines = order.find("Line");
  if (!lines || !lines->as_list()) return nullptr;
  for (auto& line : *lines->as_list())
    if (line.text_of("Id") == id) return &line;
  return nullptr;
}

/// What counts as received on a line: its quantity, or its amount when it has none.
Decimal measure(const Value& line) {
  const auto* detail = line.find("ItemBasedExpenseLineDetail");
  if (detail && detail->find("Qty")) return detail->number_of("Qty");
  return line.number_of("Amount");
}

bool is_documentation(const Value& line) {
  const auto* detail = line.find("ItemBasedExpenseLineDetail");
  return detail && !detail->find("ItemRef");
}

bool is_billed(const Value& line) {
  return is_documentation(line) || line.number_of("Received") >= measure(line);
}

bool link_is_good(const Company& company, const Value& bill, const Value& link, bool kept) {
  if (company.disputed.is("order_line_link", "dropped") && !link.text_of("TxnLineId").empty())
    return false;
  if (link.text_of("TxnType") != "PurchaseOrder") return false;
  const auto* order = company.find(Entity::purchase_order, link.text_of("TxnId"));
  if (!order) return false;
  for (const auto* member : {"VendorRef", "APAccountRef", "CurrencyRef"})
    if (order->body.ref_of(member) != bill.ref_of(member)) return false;
  const auto& lines = order->body.list_of("Line");
  const auto line = std::find_if(lines.begin(), lines.end(), [&](const Value& candidate) {
    return candidate.text_of("Id") == link.text_of("TxnLineId");
  });
  if (line == lines.end() || is_documentation(*line)) return false;
  return kept || (order->body.text_of("POStatus") != "Closed" && !is_billed(*line));
}

bool had_link(const Value* before, const Value& line, const Value& link) {
  if (!before) return false;
  for (const auto& old_line : before->list_of("Line"))
    if (old_line.text_of("Id") == line.text_of("Id"))
      for (const auto& old_link : old_line.list_of("LinkedTxn"))
        if (old_link.text_of("TxnId") == link.text_of("TxnId") &&
            old_link.text_of("TxnLineId") == link.text_of("TxnLineId"))
          return true;
  return false;
}

bool keeps_balance(const Company& company, std::string_view account_id) {
  const auto* account = company.find(Entity::account, account_id);
  if (!account) return false;
  const auto classification = account->body.text_of("Classification");
  return classification == "Asset" || classification == "Liability" || classification == "Equity";
}

void post_line(Company& company, const Value& line, const Decimal& rate, int direction,
               Instant now) {
  const auto home_amount = (line.number_of("Amount") * rate).rounded(2) * Decimal{direction};
  if (const auto* detail = line.find("AccountBasedExpenseLineDetail")) {
    const auto id = detail->ref_of("AccountRef");
    if (keeps_balance(company, id)) add_to_account(company, id, home_amount, now);
    return;
  }
  const auto* detail = line.find("ItemBasedExpenseLineDetail");
  auto* item = detail ? company.find(Entity::item, detail->ref_of("ItemRef")) : nullptr;
  if (!item || item->body.text_of("Type") != "Inventory") return;
  const auto quantity = detail->number_of("Qty") * Decimal{direction};
  item->body.set("QtyOnHand", (item->body.number_of("QtyOnHand") + quantity).trimmed());
  item->updated = now;
  ++item->sync_token;
  add_to_account(company, item->body.ref_of("AssetAccountRef"), home_amount, now);
}

void receive(Company& company, const Value& line, int direction, TouchedOrders& touched) {
  for (const auto& link : line.list_of("LinkedTxn")) {
    auto* order = company.find(Entity::purchase_order, link.text_of("TxnId"));
    auto* target = order ? line_with_id(order->body, link.text_of("TxnLineId")) : nullptr;
    if (!target) continue;
    const auto received = target->number_of("Received") + measure(line) * Decimal{direction};
    if (received.sign() == 0)
      target->erase("Received");
    else
      target->set("Received", received.trimmed());
    touched.insert(link.text_of("TxnId"));
  }
}

void note_bill(Company& company, const Record& bill, int direction, const TouchedOrders& orders) {
  const auto bill_id = std::to_string(bill.id);
  for (const auto& id : orders) {
    auto* order = company.find(Entity::purchase_order, id);
    if (!order) continue;
    set_link(order->body, bill_id, "Bill", direction > 0);
  }
}

void move_bill(Company& company, const Record& bill, int direction, Instant now,
               TouchedOrders& touched) {
  const auto& body = bill.body;
  const auto total = body.number_of("TotalAmt") * Decimal{direction};
  if (auto* vendor = company.find(Entity::vendor, body.ref_of("VendorRef"))) {
    vendor->body.set("Balance", vendor->body.number_of("Balance") + total);
    vendor->updated = now;
  }
  add_to_account(company, body.ref_of("APAccountRef"), -total, now);
  const auto rate = body.find("ExchangeRate") ? body.number_of("ExchangeRate") : Decimal{1};
  TouchedOrders orders;
  for (const auto& line : body.list_of("Line")) {
    post_line(company, line, rate, direction, now);
    receive(company, line, direction, orders);
  }
  note_bill(company, bill, direction, orders);
  touched.insert(orders.begin(), orders.end());
}

} // namespace

/// Balances move without counting the SyncToken up (seen in sandbox companies), but CDC shows them.
void add_to_account(Company& company, std::string_view id, const Decimal& amount, Instant now) {
  auto* account = company.find(Entity::account, id);
  if (!account) return;
  account->body.set("CurrentBalance", account->body.number_of("CurrentBalance") + amount);
  account->updated = now;
  for (int level = 0; account && level < account_levels_max; ++level) {
    auto& sum = *account->body.find("CurrentBalanceWithSubAccounts");
    sum = *sum.as_number() + amount;
    account = company.find(Entity::account, account->body.ref_of("ParentRef"));
  }
}

void set_link(Value& body, const std::string& id, const std::string& type, bool linked) {
  Value links = Value::list();
  for (const auto& link : body.list_of("LinkedTxn"))
    if (link.text_of("TxnId") != id) links.append(link);
  if (linked) {
    Value link = Value::object();
    link.set("TxnId", id);
    link.set("TxnType", type);
    links.append(std::move(link));
  }
  if (links.as_list()->empty())
    body.erase("LinkedTxn");
  else
    body.set("LinkedTxn", std::move(links));
}

bool has_payments(const Value& bill) {
  const auto& links = bill.list_of("LinkedTxn");
  return std::any_of(links.begin(), links.end(), [](const Value& link) {
    return link.text_of("TxnType").starts_with("BillPayment");
  });
}

void drop_bad_links(const Company& company, const Value* before, Value& bill) {
  Value header = Value::list();
  std::set<std::string> orders;
  for (auto& line : *bill.find("Line")->as_list()) {
    Value good = Value::list();
    for (const auto& link : line.list_of("LinkedTxn"))
      if (link_is_good(company, bill, link, had_link(before, line, link))) {
        good.append(link);
        if (!orders.insert(link.text_of("TxnId")).second) continue;
        Value entry = Value::object();
        entry.set("TxnId", link.text_of("TxnId"));
        entry.set("TxnType", "PurchaseOrder");
        header.append(std::move(entry));
      }
    if (good.as_list()->empty())
      line.erase("LinkedTxn");
    else
      line.set("LinkedTxn", std::move(good));
  }
  // Payments link themselves; what a client says of them is not asked.
  if (before)
    for (const auto& link : before->list_of("LinkedTxn"))
      if (link.text_of("TxnType").starts_with("BillPayment")) header.append(link);
  if (header.as_list()->empty())
    bill.erase("LinkedTxn");
  else
    bill.set("LinkedTxn", std::move(header));
}

void post_bill(Company& company, const Record& bill, Instant now, TouchedOrders& touched) {
  move_bill(company, bill, 1, now, touched);
}

void unpost_bill(Company& company, const Record& bill, Instant now, TouchedOrders& touched) {
  move_bill(company, bill, -1, now, touched);
}

std::string_view order_status(const Value& order, bool closed_by_hand) {
  const auto& lines = order.list_of("Line");
  const bool any_billed = std::any_of(lines.begin(), lines.end(), [](const Value& line) {
    return line.number_of("Received").sign() != 0;
  });
  const bool all_billed = any_billed && std::all_of(lines.begin(), lines.end(), is_billed);
  return closed_by_hand || all_billed ? "Closed" : "Open";
}

void renew_orders(Company& company, const TouchedOrders& touched, Instant now) {
  for (const auto& id : touched) {
    auto* order = company.find(Entity::purchase_order, id);
    if (!order) continue;
    order->body.set("POStatus", order_status(order->body, order->closed_by_hand));
    order->updated = now;
    ++order->sync_token;
  }
}

void move_balance(Company& company, const Value& account, std::string_view from,
                  std::string_view to) {
  const auto amount = account.number_of("CurrentBalanceWithSubAccounts");
  const auto carry = [&](std::string_view id, const Decimal& change) {
    auto* parent = company.find(Entity::account, id);
    for (int level = 0; parent && level < account_levels_max; ++level) {
      auto& sum = *parent->body.find("CurrentBalanceWithSubAccounts");
      sum = *sum.as_number() + change;
      parent = company.find(Entity::account, parent->body.ref_of("ParentRef"));
    }
  };
  carry(from, -amount);
  carry(to, amount);
}

} // namespace emulator::books
