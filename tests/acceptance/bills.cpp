#include "acceptance/bills.hpp"

#include <cstdlib>
#include <stdexcept>

namespace acceptance {
namespace {

// Amounts of these tests have at most two decimals.
std::int64_t cents(const std::string& amount) {
  const std::size_t point = amount.find('.');
  std::string digits = amount.substr(0, point);
  std::string places = point == std::string::npos ? "" : amount.substr(point + 1);
  places.resize(2, '0');
  return std::stoll(digits + places);
}

} // namespace

WorldOptions receiving(const std::string& mode,
                       const std::map<std::string, std::string>& settings) {
  WorldOptions options;
  options.settings = settings;
  options.settings["receipts"] = mode;
  return options;
}

Receipt receipt_of(const std::string& id, std::vector<std::pair<std::string, std::string>> lines,
                   bool complete) {
  return {.id = id, .complete = complete, .lines = std::move(lines)};
}

Json bill(const World& world, const std::string& doc_number) {
  Json found;
  for (const Json& object : world.objects("Bill")) {
    if (object["DocNumber"].text() != doc_number) continue;
    if (!found.is_null()) throw std::runtime_error("two bills are numbered " + doc_number);
    found = object;
  }
  if (found.is_null()) throw std::runtime_error("no bill is numbered " + doc_number);
  return found;
}

std::size_t linked_lines(const Json& bill) {
  std::size_t count = 0;
  for (const Json& line : bill["Line"])
    if (line["LinkedTxn"].size() > 0) ++count;
  return count;
}

std::string on_hand(const World& world, const std::string& item) {
  for (const Json& object : world.objects("Item"))
    if (object["Name"].text() == item) return plain(object["QtyOnHand"].text());
  throw std::runtime_error("no item is named " + item);
}

std::string status_of(const World& world, const std::string& order_number) {
  return world.purchase_order(order_number)["POStatus"].text();
}

std::string billed_in_all(const World& world) {
  std::int64_t sum = 0;
  for (const Json& object : world.objects("Bill"))
    sum += cents(object["TotalAmt"].text());
  std::string digits = std::to_string(sum);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  digits.insert(digits.size() - 2, ".");
  return plain(digits);
}

} // namespace acceptance
