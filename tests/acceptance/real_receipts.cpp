#include "acceptance/real_receipts.hpp"

#include "acceptance/scaled.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <sstream>
#include <stdexcept>

namespace acceptance {
namespace {

constexpr int price_places = 7;

// Of a price in 10^-7, times a whole quantity, to cents; in yen to whole ones.
std::int64_t cents_at(std::int64_t price, std::int64_t quantity, const std::string& currency) {
  const std::int64_t unit =
      currency == "JPY" ? power_of_ten(price_places) : power_of_ten(price_places - 2);
  const std::int64_t whole = (price * quantity + unit / 2) / unit;
  return currency == "JPY" ? whole * 100 : whole;
}

struct RealOrder {
  Json document; // its last version
  bool cancelled = false;
  std::vector<std::string> receipts; // in the order they came
};

class Checking {
 public:
  Checking(const World& world, const std::string& mode) : mode_(mode) {
    for (const Json& order : world.objects("PurchaseOrder"))
      CHECK(orders_.emplace(order["DocNumber"].text(), order).second);
    for (const Json& bill : world.objects("Bill"))
      CHECK(bills_.emplace(bill["DocNumber"].text(), bill).second);
    for (const Json& item : world.objects("Item"))
      on_hand_[item["Id"].text()] = item["QtyOnHand"].text();
  }

  void read(const std::string& events) {
    std::istringstream lines(events);
    for (std::string line; std::getline(lines, line);) {
      const Json event = Json::parse(line);
      const std::string kind = event["kind"].text();
      if (kind == "po_ordered") {
        told_[event["purchase_order"]["id"].text()].document = event["purchase_order"];
      } else if (kind == "po_cancelled") {
        told_[event["purchase_order"]["id"].text()].cancelled = true;
      } else if (event.has("receipt")) {
        const Json& receipt = event["receipt"];
        RealOrder& order = told_[receipt["purchase_order"]["id"].text()];
        const std::string id = receipt["id"].text();
        if (std::find(order.receipts.begin(), order.receipts.end(), id) == order.receipts.end())
          order.receipts.push_back(id);
        receipts_[id] = receipt;
      }
    }
  }

  Received check() {
    for (const auto& [id, order] : told_)
      check(id, order);
    for (const auto& [item, quantity] : expected_on_hand_) {
      CAPTURE(item);
      CHECK(plain(on_hand_.at(item)) == std::to_string(quantity));
    }
    CHECK(bills_.size() == out_.bills);
    return out_;
  }

 private:
  void check(const std::string& id, const RealOrder& told) {
    CAPTURE(id);
    ++out_.orders;
    const auto found = orders_.find(id);
    if (told.cancelled && found == orders_.end()) return; // before it was sent
    REQUIRE(found != orders_.end());
    const Json& held = found->second;
    const Json& lines = told.document["lines"];
    const std::string currency = told.document["currency"].text();
    std::map<std::string, std::int64_t> received; // so far, by line id
    std::map<std::string, std::int64_t> billed;   // cents of it that are linked
    std::int64_t all_bills = 0;
    bool complete_said = false, any = false;
    for (const std::string& receipt_id : told.receipts) {
      const Json& receipt = receipts_.at(receipt_id);
      ++out_.receipts;
      complete_said = complete_said || receipt["complete"].text() == "true";
      std::int64_t cents = 0;
      bool anything = false;
      for (std::size_t i = 0; i < lines.size(); ++i)
        for (const Json& one : receipt["lines"])
          if (one["po_line_id"].text() == lines.at(i)["id"].text()) {
            const std::int64_t quantity = scaled(one["quantity"].text(), 0);
            anything = anything || quantity > 0;
            cents += worth(lines.at(i), held["Line"].at(i), quantity, currency, received, billed);
          }
      if (!anything) continue;
      if (!any)
        for (std::size_t i = lines.size(); i < held["Line"].size(); ++i)
          cents += scaled(held["Line"].at(i)["Amount"].text(), 2); // the fees
      any = true;
      all_bills += cents;
      if (mode_ == "bill_per_receipt") {
        const auto bill = bills_.find(receipt["number"].text());
        REQUIRE(bill != bills_.end());
        CHECK(scaled(bill->second["TotalAmt"].text(), 2) == cents);
        ++out_.bills;
      }
    }
    if (mode_ == "one_bill" && any) {
      const auto bill = bills_.find(id);
      REQUIRE(bill != bills_.end());
      // The amount of an excess is rounded once for the whole of it, of a part once for each.
      CHECK(std::llabs(scaled(bill->second["TotalAmt"].text(), 2) - all_bills) <=
            (currency == "JPY" ? 100 : 1) * static_cast<std::int64_t>(told.receipts.size()) *
                static_cast<std::int64_t>(lines.size()));
      ++out_.bills;
    }
    bool complete = any;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      // QuickBooks measures a categorised line by its amount: one of nothing is never open.
      const Json& line = held["Line"].at(i);
      const bool of_nothing = line["DetailType"].text() == "AccountBasedExpenseLineDetail" &&
                              scaled(line["Amount"].text(), 2) == 0;
      complete = complete && (of_nothing || received[lines.at(i)["id"].text()] >=
                                                scaled(lines.at(i)["quantity"].text(), 0));
    }
    const bool bills = mode_ == "bill_per_receipt" || mode_ == "one_bill";
    if (bills) out_.billed_cents += all_bills;
    if (bills && complete && mode_ == "bill_per_receipt" && !over_)
      CHECK(all_bills == scaled(held["TotalAmt"].text(), 2));
    over_ = false;
    const bool closed =
        told.cancelled || (bills && complete) || (mode_ == "close_only" && complete_said);
    CHECK((held["POStatus"].text() == "Closed") == closed);
    out_.closed += closed ? 1 : 0;
  }

  // What a receipt's line is worth on its bill.
  std::int64_t worth(const Json& line, const Json& held, std::int64_t quantity,
                     const std::string& currency, std::map<std::string, std::int64_t>& received,
                     std::map<std::string, std::int64_t>& billed) {
    const std::string id = line["id"].text();
    const std::int64_t ordered = scaled(line["quantity"].text(), 0);
    const std::int64_t amount = scaled(held["Amount"].text(), 2);
    const Json& detail = held["ItemBasedExpenseLineDetail"];
    const bool is_item = detail.has("ItemRef");
    const std::int64_t price = is_item ? scaled(detail["UnitPrice"].text(), price_places)
                                       : unit_price(line, amount, ordered);
    const std::int64_t linked =
        std::min(quantity, std::max<std::int64_t>(ordered - received[id], 0));
    const std::int64_t over = quantity - linked;
    std::int64_t cents = received[id] + linked >= ordered && linked > 0
                             ? amount - billed[id]
                             : cents_at(price, linked, currency);
    billed[id] += cents;
    received[id] += quantity;
    if (over > 0) {
      cents += cents_at(price, over, currency);
      over_ = true;
      ++out_.over;
    }
    const bool moves = mode_ == "bill_per_receipt" || mode_ == "one_bill";
    if (is_item && moves) expected_on_hand_[detail["ItemRef"]["value"].text()] += quantity;
    return cents;
  }

  // Of a line that is no item line in QuickBooks: the host's unit cost where it gives the amount.
  static std::int64_t unit_price(const Json& line, std::int64_t amount, std::int64_t ordered) {
    const std::int64_t cost = scaled(line["unit_cost"].text(), price_places);
    const std::int64_t unit = power_of_ten(price_places - 2);
    if ((cost * ordered + unit / 2) / unit == amount) return cost;
    return (amount * unit + ordered / 2) / ordered;
  }

  const std::string mode_;
  std::map<std::string, Json> orders_, bills_, receipts_;
  std::map<std::string, std::string> on_hand_;
  std::map<std::string, RealOrder> told_;
  std::map<std::string, std::int64_t> expected_on_hand_;
  bool over_ = false;
  Received out_;
};

} // namespace

std::optional<std::string> adventure_works_receipts(int orders_max, int dress) {
  const std::filesystem::path script =
      std::filesystem::path(REPOSITORY) / "../shared/tools/adventureworks_events.py";
  if (!std::filesystem::exists(script)) return std::nullopt;
  if (process::run("/bin/sh", {"-c", "command -v python3"}).exit_code != 0) return std::nullopt;
  std::vector<std::string> words = {script.string(), "--orders", std::to_string(orders_max)};
  if (dress > 0) words.insert(words.end(), {"--dress", std::to_string(dress)});
  const auto made = process::run("python3", words);
  if (made.exit_code != 0) throw std::runtime_error(made.err);
  return made.out;
}

Received check_receipts(const World& world, const std::string& events, const std::string& mode) {
  Checking checking(world, mode);
  checking.read(events);
  return checking.check();
}

} // namespace acceptance
