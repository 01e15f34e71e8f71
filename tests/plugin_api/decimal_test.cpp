#include "erp/sdk/decimal.hpp"

#include <doctest/doctest.h>
#include <limits>

using erp::Decimal;
using erp::Rounding;

namespace {

Decimal dec(const char* text) {
  const auto parsed = Decimal::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

std::string text(const std::optional<Decimal>& value) {
  return value ? value->to_string() : "-";
}

} // namespace

TEST_CASE("a decimal prints as it was written") {
  for (const char* written :
       {"0", "1", "-1", "12.50", "0.05", "-0.001", "0.000000000000000001", "9223372036854775807",
        "-9223372036854775808", "-9.223372036854775808", "0.00"})
    CHECK(dec(written).to_string() == written);
  CHECK(dec("-0").to_string() == "0");
  CHECK(dec("-0.00").to_string() == "0.00");
  CHECK(dec("007.5").to_string() == "7.5");
}

TEST_CASE("what is no plain decimal is refused") {
  for (const char* bad :
       {"",   "-",   ".",     ".5",   "+1",  "1.", "-.5", "1e3", "1E3",   " 1",
        "1 ", "1,5", "1.2.3", "0x10", "--1", "1-", "NaN", "inf", "1_000", "\xd9\xa1"})
    CHECK_FALSE_MESSAGE(Decimal::parse(bad).has_value(), bad);
  CHECK_FALSE(Decimal::parse(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("what does not fit is refused, and never rounded") {
  CHECK_FALSE(Decimal::parse("9223372036854775808").has_value());
  CHECK_FALSE(Decimal::parse("-9223372036854775809").has_value());
  CHECK_FALSE(Decimal::parse("0.0000000000000000001").has_value());
  CHECK_FALSE(Decimal::parse("10.000000000000000001").has_value());
  CHECK_FALSE(Decimal::parse(std::string(100'000, '9')).has_value());
}

TEST_CASE("zeros at the end that do not fit are given up, for the value is the same") {
  CHECK(dec("1.50000000000000000000000000") == dec("1.5"));
  CHECK(dec("100.000000000000000000").to_string() == "100.0000000000000000");
  CHECK(dec("0.0000000000000000000000").is_zero());
}

TEST_CASE("decimals compare by value, whatever their scale") {
  CHECK(dec("1.50") == dec("1.5"));
  CHECK(dec("1.5") != dec("1.51"));
  CHECK(dec("-2") < dec("-1.999"));
  CHECK(dec("9223372036854775807") > dec("-0.000000000000000001"));
  CHECK(dec("0.00") == dec("0"));
}

TEST_CASE("half a cent rounds away from zero, to even, or is cut, as asked") {
  CHECK(text(dec("136.7415").rounded(2, Rounding::half_away_from_zero)) == "136.74");
  CHECK(text(dec("0.125").rounded(2, Rounding::half_away_from_zero)) == "0.13");
  CHECK(text(dec("-0.125").rounded(2, Rounding::half_away_from_zero)) == "-0.13");
  CHECK(text(dec("0.125").rounded(2, Rounding::half_even)) == "0.12");
  CHECK(text(dec("0.135").rounded(2, Rounding::half_even)) == "0.14");
  CHECK(text(dec("-0.129").rounded(2, Rounding::toward_zero)) == "-0.12");
  CHECK(text(dec("7").rounded(2, Rounding::half_even)) == "7.00");
  CHECK(text(dec("0.5").rounded(0, Rounding::half_away_from_zero)) == "1");
  CHECK(text(dec("9223372036854775807").rounded(1, Rounding::half_even)) == "-");
  CHECK(text(dec("1").rounded(19, Rounding::half_even)) == "-");
  CHECK(text(dec("1").rounded(-1, Rounding::half_even)) == "-");
}

TEST_CASE("a product keeps its places as long as they fit") {
  CHECK(text(dec("45.5805").times(dec("3"))) == "136.7415");
  CHECK(text(dec("10").times(dec("12.50"))) == "125.00");
  CHECK(text(dec("0.000000001").times(dec("0.0000000001"))) == "-");
  CHECK(text(dec("0.0000000020").times(dec("0.0000000050"))) == "0.000000000000000010");
  CHECK(text(dec("9223372036854775807").times(dec("2"))) == "-");
}

TEST_CASE("a rounded product needs no room for the exact one") {
  const Decimal tiny = dec("0.000000000000000001");
  CHECK(text(tiny.times_rounded(tiny, 2, Rounding::half_even)) == "0.00");
  CHECK(text(dec("3.333333333333333333")
                 .times_rounded(dec("3.000000000000000000"), 2, Rounding::half_even)) == "10.00");
  CHECK(text(dec("9223372036854775807")
                 .times_rounded(dec("9223372036854775807"), 0, Rounding::half_even)) == "-");
}

TEST_CASE("a quotient is exact to its last place") {
  CHECK(text(dec("136.74").divided_by(dec("3"), 7, Rounding::half_away_from_zero)) == "45.5800000");
  CHECK(text(dec("1").divided_by(dec("3"), 18, Rounding::half_even)) == "0.333333333333333333");
  CHECK(text(dec("-2").divided_by(dec("3"), 4, Rounding::half_away_from_zero)) == "-0.6667");
  CHECK(text(dec("1").divided_by(dec("-8"), 2, Rounding::half_even)) == "-0.12");
  CHECK(text(dec("1").divided_by(dec("0.00"), 2, Rounding::half_even)) == "-");
  CHECK(text(dec("1000").divided_by(dec("0.000000000000000001"), 0, Rounding::half_even)) == "-");
  CHECK(text(dec("9223372036854775807").divided_by(dec("0.1"), 0, Rounding::half_even)) == "-");
}

TEST_CASE("the most negative number has no opposite") {
  const Decimal lowest(std::numeric_limits<std::int64_t>::min(), 0);
  CHECK(text(lowest.negated()) == "-");
  CHECK(text(lowest.minus(Decimal(1))) == "-");
  CHECK(text(lowest.divided_by(Decimal(-1), 0, Rounding::half_even)) == "-");
  CHECK(text(lowest.plus(Decimal(1))) == "-9223372036854775807");
}

TEST_CASE("a C decimal with a scale of its own making is no number") {
  CHECK_FALSE(Decimal::from_c(erp_decimal{1, ERP_DECIMAL_ABSENT, 0}).has_value());
  CHECK_FALSE(Decimal::from_c(erp_decimal{1, 19, 0}).has_value());
  CHECK_FALSE(Decimal::from_c(erp_decimal{1, std::numeric_limits<std::int32_t>::min(), 0}));
  CHECK(Decimal::from_c(erp_decimal{150, 2, 7})->to_string() == "1.50");
}
