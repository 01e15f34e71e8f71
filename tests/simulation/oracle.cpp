#include "oracle.hpp"

#include <algorithm>
#include <array>

namespace simulation {
namespace {

using qb::outbox::Entry;

// Ten-thousandths to cents, half away from zero; costs are positive.
std::int64_t cents(std::int64_t ten_thousandths) {
  return (ten_thousandths + 50) / 100;
}

std::string mark_in(const std::string& note) {
  const std::size_t at = note.rfind("[erp:");
  return at == std::string::npos ? "" : note.substr(at + 5, note.find(']', at) - at - 5);
}

bool is_by_hand(const Json& line) {
  return line.value("Description", "") == "by hand";
}

bool is_about(const Json& written, const Line& line) {
  return written.value("Description", "").ends_with("line " + line.id);
}

// An item by its name: it may have been made inactive, and another one taken its name.
std::string told(const Json& line, const Books& books) {
  const Json& detail = line[line["DetailType"].get<std::string>()];
  const bool item = detail.contains("ItemRef");
  std::string what = (item ? detail["ItemRef"] : detail["AccountRef"])["value"];
  if (item) {
    what = books.find("Item", what)->body["Name"];
    const std::string mark = Books::inactive_mark;
    if (what.ends_with(mark)) what.resize(what.size() - mark.size());
  }
  return (item ? "item " : "account ") + what +
         (item ? " x " + std::to_string(detail["Qty"].get<int>()) : "") + " = " +
         std::to_string(cents_in(line["Amount"]));
}

bool links(const Json& bill_line, const Json& order_id, const std::string& line_id) {
  const Json linked = bill_line.value("LinkedTxn", Json::array());
  return std::any_of(linked.begin(), linked.end(), [&](const Json& link) {
    return link.value("TxnId", "") == order_id && link.value("TxnLineId", "") == line_id;
  });
}

} // namespace

Oracle::Oracle(World& world) : world_(world), books_(world.quickbooks_.books()) {}

void Oracle::find_markers() {
  for (const char* entity : {"PurchaseOrder", "Bill"})
    for (const auto& [id, record] : books_.table(entity)) {
      if (record.deleted || world_.others_.by_hand.contains(std::to_string(id))) continue;
      const std::string subject = mark_in(record.body.value("PrivateNote", ""));
      if (subject.empty()) wrong(std::string(entity) + " " + std::to_string(id) + " has no mark");
      if (!marked_.emplace(subject, record.body).second)
        wrong("two live documents carry the mark of " + subject);
    }
}

void Oracle::judge_others_orders() {
  for (const auto& [id, body] : world_.others_.by_hand) {
    const Books::Record* now = books_.find("PurchaseOrder", id);
    if (!now || now->body != body) wrong("somebody else's PurchaseOrder " + id + " was touched");
  }
}

std::string Oracle::account(const char* name) const {
  return books_.named("Account", "Name", name)->body["Id"];
}

bool Oracle::is_inactive(const char* entity, const std::string& name) const {
  const bool vendor = std::string(entity) == "Vendor";
  return books_.named(entity, vendor ? "DisplayName" : "Name", name + Books::inactive_mark) !=
         nullptr;
}

bool Oracle::order_has_reason(const Order& order) const {
  const std::string supplier = Erp::supplier_name(order.supplier);
  if (world_.others_.deleted_orders.contains(order.id)) return true;
  if (world_.others_.numbers.contains(order.id)) return true;
  if (is_inactive("Vendor", supplier)) return true;
  if (world_.swarm_.missing_supplier == "report" &&
      !books_.named("Vendor", "DisplayName", supplier))
    return true;
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const Line& line) {
    return line.code == Erp::bad_code ||
           (line.part >= 0 && is_inactive("Item", Erp::item_name(line.part)));
  });
}

const Order* Oracle::newest_order(const std::string& id) const {
  const auto found = world_.erp_.accepted().find("purchase_order/" + id);
  return found == world_.erp_.accepted().end() ? nullptr : &world_.erp_.order_of(found->second);
}

bool Oracle::has_reason_to_wait(const erp::Event& event) const {
  if (std::holds_alternative<erp::PurchaseOrder>(event.document) ||
      std::holds_alternative<erp::Cancellation>(event.document))
    return order_has_reason(world_.erp_.order_of(event));
  if (const auto* receipt = std::get_if<erp::Receipt>(&event.document)) {
    const Order* order = newest_order(receipt->order.id);
    if (!order || order->status != Order::Status::ordered || order_has_reason(*order)) return true;
    const auto state = states_.find("purchase_order/" + order->id);
    return state != states_.end() && state->second != State::delivered;
  }
  if (const auto* part = std::get_if<erp::Part>(&event.document))
    return is_inactive("Item", part->number + (part->revision ? " Rev " + *part->revision : ""));
  return is_inactive("Vendor", std::get<erp::Supplier>(event.document).name);
}

// Blocked, or behind something that is.
void Oracle::judge_held_up(const erp::Event& event, const Entry& entry) {
  if (entry.state == State::blocked) {
    const auto issue =
        entry.issue_id ? world_.connector_->rooms().inbox.find(*entry.issue_id) : std::nullopt;
    if (!issue || issue->state != qb::inbox::State::open) {
      wrong(entry.subject + " is blocked, and no issue is open for it");
      return;
    }
    if (issue->words.cause.starts_with("mistake/"))
      wrong(entry.subject + ": " + issue->words.meaning);
    else if (!has_reason_to_wait(event))
      wrong(entry.subject + " is held up without a reason that lasts: " + issue->words.cause +
            " (" + issue->words.title + ")");
  } else if (!has_reason_to_wait(event) && entry.waits_for == 0) {
    wrong(entry.subject + " still waits");
  }
}

std::string Oracle::expected_line(const Line& line) const {
  const std::string amount = " = " + std::to_string(cents(line.total()));
  if (line.part >= 0 && line.quantity > 0 && line.code.empty())
    return "item " + Erp::item_name(line.part) + " x " + std::to_string(line.quantity) + amount;
  return "account " + account(line.code.empty() ? "Cost of Goods Sold" : "Tools") + amount;
}

void Oracle::compare(const Order& order, const Json& standing) {
  std::vector<std::string> wanted, there;
  for (const Line& line : order.lines)
    wanted.push_back(expected_line(line));
  if (order.fee != 0)
    wanted.push_back("account " + account("Freight") + " = " + std::to_string(cents(order.fee)));
  int by_hand = 0;
  for (const Json& line : standing["Line"])
    if (is_by_hand(line))
      ++by_hand;
    else
      there.push_back(told(line, books_));
  const std::string name = "order " + order.id + " version " + std::to_string(order.version);
  for (std::size_t i = 0; i < std::max(wanted.size(), there.size()); ++i) {
    const std::string left = i < wanted.size() ? wanted[i] : "nothing";
    const std::string right = i < there.size() ? there[i] : "nothing";
    if (left != right)
      wrong(name + ": line " + std::to_string(i + 1) + " should be " + left + " and is " + right);
  }
  const std::string id = standing["Id"];
  const auto added = world_.others_.lines_added.find(id);
  if (by_hand != (added == world_.others_.lines_added.end() ? 0 : added->second))
    wrong(name + ": lines of others are " + std::to_string(by_hand));
  if (standing.value("DocNumber", "") != order.id) wrong(name + " has another number");
  if (standing.value("Memo", "") != order.memo) wrong(name + " has another memo");
  const Books::Record* vendor = books_.find("Vendor", standing["VendorRef"]["value"]);
  if (!vendor || !vendor->body["DisplayName"].get<std::string>().starts_with(
                     Erp::supplier_name(order.supplier)))
    wrong(name + " is of another vendor");
  if (order.status == Order::Status::closed && standing.value("POStatus", "") != "Closed")
    wrong(name + " is closed, and open in QuickBooks");
}

void Oracle::judge_order(const erp::Event& event, const Entry& entry) {
  const Order& order = world_.erp_.order_of(event);
  const auto standing = marked_.find(entry.subject);
  const bool stands = standing != marked_.end();
  const bool deleted_by_others = world_.others_.deleted_orders.contains(order.id);
  if (order.status == Order::Status::cancelled) {
    const bool never_sent = entry.note.find("cancelled before it was sent") != std::string::npos;
    if (stands && standing->second.value("POStatus", "") != "Closed")
      wrong(entry.subject + " is cancelled, and open in QuickBooks");
    if (!stands && !never_sent && !deleted_by_others && world_.swarm_.cancelled_orders == "close")
      wrong(entry.subject + " is to be closed, and is gone from QuickBooks");
    return;
  }
  if (!stands)
    wrong(entry.subject + " is delivered (" + entry.note + "), and not in QuickBooks");
  else
    compare(order, standing->second);
}

void Oracle::judge_part(const erp::Event& event, const Entry& entry) {
  const auto& part = std::get<erp::Part>(event.document);
  const std::string name = part.number + (part.revision ? " Rev " + *part.revision : "");
  const Books::Record* item = books_.named("Item", "Name", name);
  if (!item && is_inactive("Item", name)) return;
  if (!item)
    wrong(entry.subject + " is delivered, and no item " + name + " is in QuickBooks");
  else if (item->body.value("Description", "") != part.description.value_or(""))
    wrong("item " + name + " has another description than " + entry.event_id + " says");
}

void Oracle::judge_receipt(const erp::Event& event, const Entry& entry) {
  if (world_.swarm_.receipts == "none" && entry.note != "nothing to do: receipts=none")
    wrong(entry.subject + " is settled as \"" + entry.note + "\" although receipts=none");
  if (world_.swarm_.receipts != "bill_per_receipt") return;
  const Receipt& receipt = world_.erp_.receipt_of(event);
  const bool empty = std::all_of(receipt.received.begin(), receipt.received.end(),
                                 [](const auto& line) { return line.second == 0; });
  if (empty == marked_.contains(entry.subject))
    wrong(entry.subject + (empty ? " brought nothing, and has a bill" : " has no bill"));
}

// By its text, for an order that is closed keeps lines that the host has dropped since.
Json Oracle::standing_line(const Json& order, const Line& line) {
  for (const Json& one : order["Line"])
    if (is_about(one, line)) return one;
  return Json::object();
}

// What came in beyond what was open stands on its bill without a link. Where a correction makes
// room for it after the order was closed, it stays so: QuickBooks links nothing to a closed order.
bool Oracle::stays_unlinked(const std::string& subject, const Json& bill_line, const Json& order,
                            const Line& line) const {
  if (subject.starts_with("purchase_order/") || order.value("POStatus", "") != "Closed" ||
      bill_line.contains("LinkedTxn"))
    return false;
  if (!is_about(bill_line, line)) return false;
  const auto receipt = world_.erp_.accepted().find(subject);
  const std::string number = receipt == world_.erp_.accepted().end()
                                 ? subject.substr(subject.find('/') + 1) // "bill/1042"
                                 : world_.erp_.receipt_of(receipt->second).order;
  return number == order["DocNumber"];
}

// Of one order line: what came in is billed, in pieces exactly, in money to the cent a bill.
void Oracle::judge_billed_line(const std::string& where, const Line& line, const Json& order_line,
                               std::int64_t received) {
  std::int64_t pieces = 0, amount = 0, bills = 0;
  const Order* order = newest_order(where);
  const Json& standing = marked_.at("purchase_order/" + where);
  for (const auto& [subject, bill] : marked_)
    for (const Json& one : bill["Line"]) {
      if (!links(one, standing["Id"], order_line.value("Id", "none")) &&
          !stays_unlinked(subject, one, standing, line))
        continue;
      const Json& detail = one[one["DetailType"].get<std::string>()];
      pieces += detail.contains("Qty") ? detail["Qty"].get<int>() : 0;
      amount += cents_in(one["Amount"]);
      ++bills;
    }
  const bool counts_pieces = line.part >= 0 && line.code.empty();
  const std::string name = "order " + order->id + " line " + line.id;
  if (counts_pieces && pieces != received)
    wrong(name + ": " + std::to_string(received) + " came in, " + std::to_string(pieces) +
          " are billed");
  if (std::abs(amount - cents(received * line.cost)) > bills)
    wrong(name + ": " + std::to_string(cents(received * line.cost)) + " cents came in, " +
          std::to_string(amount) + " are billed");
}

void Oracle::judge_bills() {
  std::map<std::string, std::map<std::string, std::int64_t>> received; // by order, by line
  std::map<std::string, bool> whole; // every receipt of it is delivered
  for (const auto& [subject, event] : world_.erp_.accepted()) {
    if (!std::holds_alternative<erp::Receipt>(event.document)) continue;
    const Receipt& receipt = world_.erp_.receipt_of(event);
    const bool delivered = states_.at(subject) == State::delivered &&
                           !world_.connector_->rooms().outbox.open_entry_of(subject);
    whole.try_emplace(receipt.order, true).first->second &= delivered;
    for (const auto& [line, quantity] : receipt.received)
      received[receipt.order][line] += quantity;
  }
  for (const auto& [id, lines] : received) {
    const Order* order = newest_order(id);
    const auto standing = marked_.find("purchase_order/" + id);
    if (!whole[id] || !order || standing == marked_.end() ||
        states_.at("purchase_order/" + id) != State::delivered ||
        world_.others_.deleted_orders.contains(id))
      continue;
    for (const Line& line : order->lines)
      if (const auto quantity = lines.find(line.id); quantity != lines.end() && line.quantity > 0)
        judge_billed_line(id, line, standing_line(standing->second, line), quantity->second);
  }
}

void Oracle::judge() {
  find_markers();
  judge_others_orders();
  const auto& outbox = world_.connector_->rooms().outbox;
  std::map<std::string, Entry> entries;
  for (const auto& [subject, event] : world_.erp_.accepted()) {
    for (const Entry& entry : outbox.of_subject(subject))
      if (entry.event_id == event.event_id) entries[subject] = entry;
    if (!entries.contains(subject)) return wrong(subject + ": " + event.event_id + " is gone");
    states_[subject] = entries[subject].state;
  }
  for (const auto& [subject, event] : world_.erp_.accepted()) {
    const Entry& entry = entries[subject];
    // What the plugin makes of a document once more needs a reason to be held up as well.
    if (const auto open = outbox.open_entry_of(subject);
        open && open->derived && entry.state == State::delivered) {
      judge_held_up(event, *open);
      if (subject.starts_with("purchase_order/")) continue; // its issue says how it stands
    }
    switch (entry.state) {
    case State::queued:
    case State::claimed:
    case State::blocked:
      judge_held_up(event, entry);
      break;
    case State::superseded:
      wrong(subject + ": the newest version is superseded: " + entry.note);
      break;
    case State::discarded:
      if (!entry.note.starts_with("skipped by bookkeeper"))
        wrong(subject + " is given up, and nobody said so: " + entry.note);
      break;
    case State::delivered:
      if (subject.starts_with("purchase_order/")) judge_order(event, entry);
      if (subject.starts_with("receipt/")) judge_receipt(event, entry);
      if (subject.starts_with("part/")) judge_part(event, entry);
    }
  }
  if (world_.swarm_.receipts == "bill_per_receipt" || world_.swarm_.receipts == "one_bill")
    judge_bills();
}

} // namespace simulation
