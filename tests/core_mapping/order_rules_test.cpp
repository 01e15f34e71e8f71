#include "books.hpp"
#include "orders.hpp"
#include "rendering.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace qb::mapping;
using erp::Decimal;
using qb::qbo::Value;

namespace {

constexpr int rounds = 500;

struct Planned {
  erp::PurchaseOrder order;
  Send send;
};

// Random orders whose prices fit; the few others are blocked for that and nothing else.
std::vector<Planned> planned_orders(Random& random) {
  const Books books(books_of_everything());
  const auto settings = settings_of_everything();
  std::vector<Planned> out;
  for (int round = 0; round < rounds; ++round) {
    erp::PurchaseOrder order = random_order(random);
    Plan planned = plan(event_of(order), false, books, settings);
    if (const auto* blocked = std::get_if<Blocked>(&planned)) {
      for (const Obstacle& obstacle : blocked->obstacles)
        CHECK(obstacle.kind == ObstacleKind::price_does_not_fit);
      continue;
    }
    REQUIRE(std::holds_alternative<Send>(planned));
    out.push_back({std::move(order), std::get<Send>(std::move(planned))});
  }
  CHECK(out.size() > rounds / 4);
  return out;
}

const Value::Array& lines_of(const Value& body) {
  return *body.find("Line")->items();
}

} // namespace

TEST_CASE("the total of a document is the sum of its lines, and each line is rounded by itself") {
  Random random;
  for (const auto& [order, send] : planned_orders(random)) {
    Decimal sum;
    std::optional<Decimal> host_sum = Decimal(0); // nullopt: too many digits
    REQUIRE(lines_of(send.body).size() == order.lines.size() + order.fees.size());
    for (std::size_t i = 0; i < lines_of(send.body).size(); ++i) {
      const Decimal& total =
          i < order.lines.size() ? order.lines[i].total : order.fees[i - order.lines.size()].amount;
      const auto amount = lines_of(send.body)[i].decimal_of("Amount");
      REQUIRE(amount.has_value());
      CHECK(*amount == *total.rounded(2, erp::Rounding::half_away_from_zero));
      CHECK(amount->scale() <= 2);
      sum = *sum.plus(*amount);
      if (host_sum) host_sum = host_sum->plus(total);
    }
    CHECK(decimal(send.document_total) == sum);
    CHECK(send.host_total == (host_sum ? host_sum->trimmed().to_string() : ""));
  }
}

TEST_CASE("amount is quantity times unit price on every item line") {
  Random random;
  for (const auto& [order, send] : planned_orders(random))
    for (const Value& line : lines_of(send.body)) {
      const Value* detail = line.find("ItemBasedExpenseLineDetail");
      if (detail == nullptr) continue;
      const auto quantity = detail->decimal_of("Qty"), price = detail->decimal_of("UnitPrice");
      REQUIRE((quantity && price));
      CHECK(price->scale() <= 7);
      CHECK(*quantity->times_rounded(*price, 2, erp::Rounding::half_away_from_zero) ==
            *line.decimal_of("Amount"));
    }
}

TEST_CASE("a line is an item line if it has a part, a quantity and no expense code") {
  Random random;
  for (const auto& [order, send] : planned_orders(random))
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
      const auto code = order.lines[i].attributes.find("Expense Code");
      const bool has_code = code != order.lines[i].attributes.end() && code->second != " ";
      const bool is_item = order.lines[i].part && order.lines[i].quantity && !has_code;
      CHECK(lines_of(send.body)[i].text_of("DetailType") ==
            (is_item ? "ItemBasedExpenseLineDetail" : "AccountBasedExpenseLineDetail"));
    }
}

TEST_CASE("the same order is planned the same way, whenever and by whomever it is said") {
  Random random;
  const Books books(books_of_everything());
  const auto settings = settings_of_everything();
  for (int round = 0; round < rounds / 5; ++round) {
    erp::Event event = event_of(random_order(random));
    const Plan once = plan(event, false, books, settings);
    const Plan twice = plan(event, false, books, settings);
    CHECK(rendered(once, "s").text == rendered(twice, "s").text);
    event.event_id = "e-2";
    event.actor = "somebody else";
    event.occurred_at += 86'400'000'000;
    std::get<erp::PurchaseOrder>(event.document).version += 1;
    const Plan later = plan(event, false, books, settings);
    REQUIRE(later.index() == once.index());
    if (const auto* send = std::get_if<Send>(&once))
      CHECK(send->content == std::get<Send>(later).content);
  }
}

TEST_CASE("what is said of an order does not depend on whether it stands in QuickBooks already") {
  Random random;
  const auto settings = settings_of_everything();
  for (int round = 0; round < rounds / 5; ++round) {
    const erp::Event event = event_of(random_order(random));
    const Plan created = plan(event, false, Books(books_of_everything()), settings);
    const auto* first = std::get_if<Send>(&created);
    if (first == nullptr) continue;
    Value standing = first->body;
    standing.set("Id", "257").set("SyncToken", "0").set("TotalAmt", 1);
    Value held = books_of_everything();
    Value orders = Value::array();
    orders.push(standing);
    held.set("PurchaseOrder", orders);
    held.set("written", json(R"({"purchase_order/1042":{"Id":"257","read":true}})"));
    const Plan updated = plan(event, false, Books(held), settings);
    REQUIRE(std::holds_alternative<Send>(updated));
    CHECK(std::get<Send>(updated).content == first->content);
    CHECK(std::get<Send>(updated).entity_id == "257");
  }
}

TEST_CASE("an order of 10,000 lines is sent and one of 10,001 is not") {
  const Books books(books_of_everything());
  erp::PurchaseOrder order = plain_order();
  order.lines.clear();
  for (int i = 1; i <= 10'000; ++i)
    order.lines.push_back(item_line(std::to_string(i), "1", "1"));
  const Plan fits = plan(event_of(order), false, books, settings_of_everything());
  REQUIRE(std::holds_alternative<Send>(fits));
  CHECK(std::get<Send>(fits).document_total == "10000");

  order.fees.push_back({"f1", "Shipping", Decimal(1)});
  const Plan too_many = plan(event_of(order), false, books, settings_of_everything());
  REQUIRE(std::holds_alternative<Blocked>(too_many));
  REQUIRE(std::get<Blocked>(too_many).obstacles.size() == 1);
  const Obstacle& obstacle = std::get<Blocked>(too_many).obstacles[0];
  CHECK(obstacle.kind == ObstacleKind::too_many_lines);
  CHECK(obstacle.name == "10001");
  CHECK(obstacle.limit == "10000 lines");
}

TEST_CASE("an exact total of too many digits does not hold an order up") {
  erp::PurchaseOrder order = plain_order();
  order.lines.push_back(account_line("2", "0.000000000000000001", "6100"));
  order.lines.push_back(account_line("3", "1000000", "6100"));
  const Plan planned =
      plan(event_of(order), false, Books(books_of_everything()), settings_of_everything());
  REQUIRE(std::holds_alternative<Send>(planned));
  CHECK(std::get<Send>(planned).host_total.empty());
  CHECK(std::get<Send>(planned).document_total == "1000125");
}
