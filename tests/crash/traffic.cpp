#include "crash/traffic.hpp"

#include <map>

namespace crash {
namespace {

using acceptance::Json;
using acceptance::Line;
using acceptance::Order;
using acceptance::Part;
using acceptance::plain;
using acceptance::Receipt;
using acceptance::World;

std::int64_t cents_of(const Line& line) {
  return std::stoll(*line.quantity) * 1250; // each costs 12.50
}

std::string amount(std::int64_t cents) {
  const std::string digits = std::to_string(cents + 1000); // at least four digits
  return plain(std::to_string(cents / 100) + "." + digits.substr(digits.size() - 2));
}

void set_quantity(Line& line, int quantity) {
  line.quantity = std::to_string(quantity);
  line.total = amount(cents_of(line));
}

std::string mark_of(const std::string& subject) {
  return "[erp:" + subject + "]";
}

// The documents of one entity that carry a mark of ours, by that mark.
std::multimap<std::string, Json> marked(const World& world, const std::string& entity) {
  std::multimap<std::string, Json> found;
  for (const Json& object : world.objects(entity)) {
    const std::string& note = object["PrivateNote"].text();
    const std::size_t from = note.find("[erp:");
    const std::size_t end = from == std::string::npos ? from : note.find(']', from);
    found.emplace(end == std::string::npos ? "" : note.substr(from, end + 1 - from), object);
  }
  return found;
}

// "10 4 " and the total, as the books hold them.
std::string content(const Json& document) {
  std::string text;
  for (const Json& line : document["Line"])
    text += plain(line["ItemBasedExpenseLineDetail"]["Qty"].text()) + " ";
  return text + "for " + plain(document["TotalAmt"].text());
}

std::string content(const Order& order) {
  std::string text;
  std::int64_t cents = 0;
  for (const Line& line : order.lines) {
    text += *line.quantity + " ";
    cents += cents_of(line);
  }
  return text + "for " + amount(cents);
}

std::string compared(const std::multimap<std::string, Json>& held, const std::string& subject,
                     const Order& order) {
  const auto [from, to] = held.equal_range(mark_of(subject));
  const auto count = std::distance(from, to);
  if (count != 1) return subject + " stands " + std::to_string(count) + " times\n";
  const std::string is = content(from->second), should_be = content(order);
  return is == should_be ? "" : subject + " holds " + is + ", and should hold " + should_be + "\n";
}

} // namespace

acceptance::WorldOptions Traffic::world() {
  return {.settings = {{"receipts", "bill_per_receipt"}}, .library = SMALL_QUICKBOOKS};
}

std::string Traffic::create() {
  Order order = acceptance::order_numbered(std::to_string(5000 + orders_.size()));
  order.lines[0].part = Part{.id = "P-" + order.id, .number = "K" + order.id, .revision = "B"};
  set_quantity(order.lines[0], dice(1, 99));
  orders_.push_back(order);
  return acceptance::po_ordered("v1-" + order.id, order);
}

std::string Traffic::update(Order& order) {
  order.version = 2;
  set_quantity(order.lines[0], dice(100, 999));
  order.lines.push_back(acceptance::one_more_line());
  set_quantity(order.lines[1], dice(1, 99));
  return acceptance::po_ordered("v2-" + order.id, order);
}

std::string Traffic::receive(const Order& order) {
  Receipt receipt{.id = "R-" + order.id, .complete = true, .lines = {}};
  for (const Line& line : order.lines)
    receipt.lines.emplace_back(line.id, *line.quantity);
  receipts_.push_back({receipt, order.id});
  return acceptance::po_received("r-" + order.id, order, receipt);
}

std::vector<std::string> Traffic::next_round() {
  std::vector<std::string> lines;
  const std::size_t before = orders_.size();
  lines.push_back(create());
  if (before >= 1 && dice(0, 3) > 0) lines.push_back(update(orders_[before - 1]));
  if (before >= 2 && dice(0, 3) > 0) lines.push_back(receive(orders_[before - 2]));
  return lines;
}

std::string Traffic::wrong_in(const World& world) const {
  std::string wrong;
  std::map<std::string, const Order*> by_id;
  const auto orders = marked(world, "PurchaseOrder"), bills = marked(world, "Bill");
  for (const Order& order : orders_) {
    by_id[order.id] = &order;
    wrong += compared(orders, "purchase_order/" + order.id, order);
  }
  for (const Received& received : receipts_)
    wrong += compared(bills, "receipt/" + received.receipt.id, *by_id.at(received.order_id));
  if (orders.size() != orders_.size())
    wrong += "there are " + std::to_string(orders.size()) + " orders instead of " +
             std::to_string(orders_.size()) + "\n";
  if (bills.size() != receipts_.size())
    wrong += "there are " + std::to_string(bills.size()) + " bills instead of " +
             std::to_string(receipts_.size()) + "\n";
  std::map<std::string, int> names;
  for (const Json& item : world.objects("Item"))
    if (++names[item["Name"].text()] == 2) wrong += "item " + item["Name"].text() + " twice\n";
  for (const Order& order : orders_)
    if (names.count("K" + order.id + " Rev B") == 0) wrong += "no item for " + order.id + "\n";
  return wrong;
}

std::string together(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines)
    all += line;
  return all;
}

} // namespace crash
