#include "acceptance/real_orders.hpp"

#include "acceptance/scaled.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>

namespace acceptance {
namespace {

constexpr int places_of_host = 4, places_of_unit_price_max = 7;

// Half away from zero.
std::int64_t rounded(std::int64_t value, std::int64_t unit) {
  const std::int64_t half = unit / 2;
  return value >= 0 ? (value + half) / unit : -((-value + half) / unit);
}

std::int64_t cents_of_host(const std::string& amount) {
  return rounded(scaled(amount, places_of_host), power_of_ten(places_of_host - 2));
}

std::map<std::string, std::string> names(const World& world, const char* entity,
                                         const char* member) {
  std::map<std::string, std::string> by_id;
  for (const Json& object : world.objects(entity))
    by_id[object["Id"].text()] = object[member].text();
  return by_id;
}

class Checking {
 public:
  explicit Checking(const World& world)
      : items_(names(world, "Item", "Name")), vendors_(names(world, "Vendor", "DisplayName")) {
    for (const Json& held : world.objects("PurchaseOrder")) {
      const bool is_new = held_.emplace(held["DocNumber"].text(), held).second;
      CHECK_MESSAGE(is_new, held["DocNumber"].text(), " is there twice");
    }
  }

  Tally tally;
  std::size_t held() const { return held_.size(); }

  void order(const Json& order) {
    const std::string number = order["id"].text();
    CAPTURE(number);
    const auto found = held_.find(number);
    REQUIRE(found != held_.end());
    const Json& held = found->second;
    CHECK(vendors_[held["VendorRef"]["value"].text()] == order["supplier"]["name"].text());
    CHECK(held["TxnDate"].text() == order["ordered_on"].text());
    CHECK(held["DueDate"].text() == order["due_on"].text());
    CHECK(held["PrivateNote"].text() == "[erp:purchase_order/" + number + "]");
    CHECK(held["SyncToken"].text() == "0");
    const Json &lines = order["lines"], &fees = order["fees"];
    REQUIRE(held["Line"].size() == lines.size() + fees.size());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
      sum += line(lines.at(i), held["Line"].at(i));
    for (std::size_t i = 0; i < fees.size(); ++i)
      sum += amount(fees.at(i)["amount"].text(), held["Line"].at(lines.size() + i));
    CHECK(scaled(held["TotalAmt"].text(), 2) == sum);
    tally.held_cents += sum;
    ++tally.orders;
  }

 private:
  std::int64_t amount(const std::string& host_amount, const Json& held) {
    const std::int64_t expected = cents_of_host(host_amount);
    CHECK(scaled(held["Amount"].text(), 2) == expected);
    const std::int64_t exact = scaled(host_amount, places_of_host);
    tally.host_ten_thousandths += exact;
    tally.rounded_lines += exact != expected * power_of_ten(places_of_host - 2);
    ++tally.lines;
    return expected;
  }

  std::int64_t line(const Json& line, const Json& held) {
    const std::int64_t expected = amount(line["total"].text(), held);
    const Json& detail = held["ItemBasedExpenseLineDetail"];
    const Json& part = line["part"];
    CHECK(items_[detail["ItemRef"]["value"].text()] ==
          part["number"].text() + " Rev " + part["revision"].text());
    CHECK(plain(detail["Qty"].text()) == plain(line["quantity"].text()));
    // QuickBooks' own rule (fault 6070), exactly; these quantities are whole.
    const std::int64_t price = scaled(detail["UnitPrice"].text(), places_of_unit_price_max);
    CHECK(rounded(price * scaled(detail["Qty"].text(), 0),
                  power_of_ten(places_of_unit_price_max - 2)) == expected);
    const std::int64_t cost = scaled(line["unit_cost"].text(), places_of_unit_price_max);
    if (rounded(cost * scaled(line["quantity"].text(), 0),
                power_of_ten(places_of_unit_price_max - 2)) == expected)
      CHECK(price == cost);
    return expected;
  }

  std::map<std::string, std::string> items_, vendors_;
  std::map<std::string, Json> held_;
};

} // namespace

std::optional<std::string> adventure_works_events(int orders_max) {
  const std::filesystem::path script =
      std::filesystem::path(REPOSITORY) / "../shared/tools/adventureworks_events.py";
  if (!std::filesystem::exists(script)) return std::nullopt;
  if (process::run("/bin/sh", {"-c", "command -v python3"}).exit_code != 0) return std::nullopt;
  const auto made = process::run(
      "python3", {script.string(), "--orders", std::to_string(orders_max), "--no-receipts"});
  if (made.exit_code != 0) throw std::runtime_error(made.err);
  return made.out;
}

Tally check_orders(const World& world, const std::string& events) {
  Checking checking(world);
  std::istringstream lines(events);
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line);
    if (event["kind"].text() == "po_ordered") checking.order(event["purchase_order"]);
  }
  CHECK(checking.held() == checking.tally.orders);
  return checking.tally;
}

} // namespace acceptance
