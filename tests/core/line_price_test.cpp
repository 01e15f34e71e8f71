#include "core/money/line_price.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using erp::Decimal;
using qb::money::document_amount;
using qb::money::line_price;
using qb::money::PriceTrouble;

namespace {

Decimal d(const char* text) {
  const auto number = Decimal::parse(text);
  REQUIRE_MESSAGE(number, text);
  return *number;
}

// Rounded to cents half away from zero, done with whole numbers only and not by the code under
// test.
std::string cents_of_product(std::int64_t a, int a_scale, std::int64_t b, int b_scale) {
  __extension__ typedef __int128 Wide;
  Wide product = Wide{a} * b;
  Wide divisor = 1;
  int scale = a_scale + b_scale;
  for (; scale > 2; --scale)
    divisor *= 10;
  for (; scale < 2; ++scale)
    product *= 10;
  const bool negative = product < 0;
  if (negative) product = -product;
  const Wide cents = (product + divisor / 2) / divisor;
  const auto whole = static_cast<long long>(cents);
  const std::string digits = std::to_string(whole);
  const std::string padded =
      digits.size() < 3 ? std::string(3 - digits.size(), '0') + digits : digits;
  return (negative && whole != 0 ? "-" : "") + padded.substr(0, padded.size() - 2) + "." +
         padded.substr(padded.size() - 2);
}

} // namespace

TEST_CASE("amounts are rounded half away from zero to the currency's unit, at most two places") {
  struct Row {
    const char* total;
    const char* currency;
    const char* amount;
  };
  for (const Row& row :
       {Row{"136.7415", "USD", "136.74"}, Row{"0.005", "USD", "0.01"},
        Row{"-0.005", "USD", "-0.01"}, Row{"0.0049999999", "EUR", "0.00"}, Row{"1.5", "JPY", "2"},
        Row{"-1.5", "JPY", "-2"}, Row{"2.5", "JPY", "3"}, Row{"1.2345", "KWD", "1.23"},
        Row{"1.235", "KWD", "1.24"}, Row{"125", "USD", "125.00"},
        Row{"9999999999.99", "USD", "9999999999.99"}}) {
    CAPTURE(row.total);
    CAPTURE(row.currency);
    const auto amount = document_amount(d(row.total), row.currency);
    REQUIRE(amount);
    CHECK(amount->to_string() == row.amount);
  }
}

TEST_CASE("an amount in no currency, or with eleven digits before the point, is none") {
  CHECK_FALSE(document_amount(d("1"), "XYZ"));
  CHECK_FALSE(document_amount(d("10000000000"), "USD"));
  CHECK_FALSE(document_amount(d("9999999999.995"), "USD"));
  CHECK_FALSE(document_amount(d("-10000000000"), "USD"));
  CHECK(document_amount(d("9999999999.994"), "USD"));
}

TEST_CASE("a line of the real data keeps its unit cost of four places") {
  const auto price = line_price(d("3"), d("45.5805"), d("136.7415"), "USD");
  REQUIRE(price);
  CHECK(price->amount.to_string() == "136.74");
  CHECK(price->unit_price.to_string() == "45.5805");
}

TEST_CASE("where the host's total is not quantity times cost, the total rules") {
  const auto discounted = line_price(d("3"), d("45.5805"), d("100"), "USD");
  REQUIRE(discounted);
  CHECK(discounted->amount.to_string() == "100.00");
  CHECK(discounted->unit_price.to_string() == "33.3333333");

  const auto without_cost = line_price(d("4"), std::nullopt, d("10"), "USD");
  REQUIRE(without_cost);
  CHECK(without_cost->unit_price.to_string() == "2.5");

  // 3 x 33.4 = 100.20, and yen have no hundredths.
  const auto yen = line_price(d("3"), d("33.4"), d("100.2"), "JPY");
  REQUIRE(yen);
  CHECK(yen->amount.to_string() == "100");
  CHECK(yen->unit_price.to_string() == "33.3333333");

  const auto dinar = line_price(d("2"), d("1.2345"), d("2.469"), "KWD");
  REQUIRE(dinar);
  CHECK(dinar->amount.to_string() == "2.47");
  CHECK(dinar->unit_price.to_string() == "1.2345");
}

TEST_CASE("credits have negative amounts with the same rules") {
  const auto price = line_price(d("-3"), d("45.5805"), d("-136.7415"), "USD");
  REQUIRE(price);
  CHECK(price->amount.to_string() == "-136.74");
  CHECK(price->unit_price.to_string() == "45.5805");
}

TEST_CASE("a free line costs nothing") {
  const auto free = line_price(d("5"), d("0"), d("0"), "USD");
  REQUIRE(free);
  CHECK(free->amount.is_zero());
  CHECK(free->unit_price.is_zero());
  const auto given_away = line_price(d("5"), d("2"), d("0"), "USD");
  REQUIRE(given_away);
  CHECK(given_away->unit_price.is_zero());
}

TEST_CASE("nothing ordered can cost nothing only") {
  const auto nothing = line_price(d("0"), d("12.5"), d("0"), "USD");
  REQUIRE(nothing);
  CHECK(nothing->unit_price.to_string() == "12.5");
  const auto without_cost = line_price(d("0"), std::nullopt, d("0.004"), "USD");
  REQUIRE(without_cost);
  CHECK(without_cost->unit_price.is_zero());
  CHECK(line_price(d("0"), d("12.5"), d("1"), "USD").error() == PriceTrouble::zero_quantity);
}

TEST_CASE("a line that no price of seven places fits is refused, not bent") {
  // 1234567.89 / 100000007 to seven places is off by more than half a cent when multiplied back.
  CHECK(line_price(d("100000007"), std::nullopt, d("1234567.89"), "USD").error() ==
        PriceTrouble::no_unit_price_fits);
  CHECK(line_price(d("1"), d("1"), d("1"), "???").error() == PriceTrouble::unknown_currency);
  CHECK(line_price(d("1"), d("10000000000"), d("10000000000"), "USD").error() ==
        PriceTrouble::out_of_range);
}

TEST_CASE("a unit cost with more places than QuickBooks takes is not sent") {
  const auto price = line_price(d("8"), d("0.12345678"), d("0.98765424"), "USD");
  REQUIRE(price);
  CHECK(price->amount.to_string() == "0.99");
  CHECK(price->unit_price.to_string() == "0.12375");
  const auto zeros = line_price(d("8"), d("0.1250000000"), d("1"), "USD");
  REQUIRE(zeros);
  CHECK(zeros->unit_price.to_string() == "0.1250000000");
}

TEST_CASE("whatever comes out, quantity times unit price rounds to the amount") {
  std::mt19937_64 random(printed_seed());
  const auto between = [&random](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  const std::vector<const char*> currencies = {"USD", "EUR", "JPY", "KWD"};
  int fitted = 0;
  for (int round = 0; round < 200'000; ++round) {
    const int quantity_scale = static_cast<int>(between(0, 4));
    const Decimal quantity(between(-200'000, 2'000'000), quantity_scale);
    const int cost_scale = static_cast<int>(between(0, 7));
    const Decimal cost(between(0, 50'000'000), cost_scale);
    const char* const currency = currencies[static_cast<std::size_t>(between(0, 3))];
    // Mostly the exact product, now and then a total that somebody typed.
    const auto product = quantity.times(cost);
    const Decimal total =
        product && between(0, 3) != 0 ? *product : Decimal(between(-9'999'999, 99'999'999), 3);
    const auto price = line_price(quantity, cost, total, currency);
    if (!price) continue;
    ++fitted;
    CAPTURE(quantity.to_string());
    CAPTURE(cost.to_string());
    CAPTURE(total.to_string());
    CAPTURE(currency);
    const std::string sent =
        cents_of_product(quantity.coefficient(), quantity.scale(), price->unit_price.coefficient(),
                         price->unit_price.scale());
    REQUIRE(price->amount == d(sent.c_str()));
    REQUIRE(price->unit_price.trimmed().scale() <= qb::money::unit_price_places_max);
    REQUIRE(price->amount == *document_amount(total, currency));
    // The host's own cost is kept whenever it holds.
    const std::string with_cost = cents_of_product(quantity.coefficient(), quantity.scale(),
                                                   cost.coefficient(), cost.scale());
    if (price->amount == d(with_cost.c_str())) REQUIRE(price->unit_price == cost);
  }
  CHECK(fitted > 150'000);
}
