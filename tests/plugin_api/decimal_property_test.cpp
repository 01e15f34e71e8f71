#include "erp/sdk/decimal.hpp"
#include "seed.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>
#include <limits>

// Every operation against exact arithmetic of any width: the answer is right, or it is nullopt and
// the right answer does not fit.
namespace {

using boost::multiprecision::cpp_int;
using erp::Decimal;
using erp::Rounding;

constexpr int rounds = 40'000;

const cpp_int coefficient_min = std::numeric_limits<std::int64_t>::min();
const cpp_int coefficient_max = std::numeric_limits<std::int64_t>::max();

cpp_int power_of_ten(int exponent) {
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

struct Exact { // coefficient * 10^-scale
  cpp_int coefficient;
  int scale;
};

Exact exact(const Decimal& value) {
  return {value.coefficient(), value.scale()};
}

bool same(const Exact& a, const Exact& b) {
  return a.coefficient * power_of_ten(b.scale) == b.coefficient * power_of_ten(a.scale);
}

bool fits(Exact value) {
  while (value.scale > 0 && value.coefficient % 10 == 0) {
    value.coefficient /= 10;
    --value.scale;
  }
  return value.scale <= Decimal::scale_max && value.coefficient >= coefficient_min &&
         value.coefficient <= coefficient_max;
}

// numerator / denominator as a whole number.
cpp_int rounded_quotient(cpp_int numerator, cpp_int denominator, Rounding rounding) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const bool negative = numerator < 0;
  const cpp_int size = abs(numerator);
  cpp_int quotient = size / denominator;
  const cpp_int twice = 2 * (size % denominator);
  if (rounding != Rounding::toward_zero &&
      (twice > denominator ||
       (twice == denominator && (rounding == Rounding::half_away_from_zero || quotient % 2 == 1))))
    ++quotient;
  return negative ? -quotient : quotient;
}

// numerator / denominator must be what `actual` says, at exactly `scale` places.
void check_rounded(const std::optional<Decimal>& actual, const cpp_int& numerator,
                   const cpp_int& denominator, int scale, Rounding rounding) {
  const cpp_int expected = rounded_quotient(numerator * power_of_ten(scale), denominator, rounding);
  REQUIRE(actual.has_value() == (expected >= coefficient_min && expected <= coefficient_max));
  if (actual) {
    REQUIRE(actual->scale() == scale);
    REQUIRE(cpp_int(actual->coefficient()) == expected);
  }
}

void check_exact(const std::optional<Decimal>& actual, const Exact& expected) {
  REQUIRE(actual.has_value() == fits(expected));
  if (actual) {
    REQUIRE(actual->scale() <= Decimal::scale_max);
    REQUIRE(same(exact(*actual), expected));
  }
}

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}

  // All magnitudes alike often, and the edges and round numbers more often than chance has them.
  Decimal decimal() {
    const int scale = below(Decimal::scale_max + 1);
    switch (below(8)) {
    case 0:
      return Decimal(std::numeric_limits<std::int64_t>::min() + below(3), scale);
    case 1:
      return Decimal(std::numeric_limits<std::int64_t>::max() - below(3), scale);
    case 2:
      return Decimal(below(5) - 2, scale);
    case 3:
      return Decimal(static_cast<std::int64_t>(power_of_ten(below(19))) * (below(2) == 0 ? 5 : -1),
                     scale);
    default:
      return Decimal(static_cast<std::int64_t>(random_()) >> below(64), scale);
    }
  }
  int scale() { return below(Decimal::scale_max + 1); }
  Rounding rounding() { return static_cast<Rounding>(below(3)); }
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

 private:
  std::mt19937_64 random_;
};

} // namespace

TEST_CASE("arithmetic is exact or says that the result does not fit") {
  Numbers numbers(printed_seed());
  for (int i = 0; i < rounds; ++i) {
    const Decimal a = numbers.decimal();
    const Decimal b = numbers.decimal();
    const int scale = numbers.scale();
    const Rounding rounding = numbers.rounding();
    INFO(a.to_string(), " and ", b.to_string(), " at ", scale, " places");
    const Exact x = exact(a);
    const Exact y = exact(b);
    const int wide = std::max(x.scale, y.scale);
    const cpp_int left = x.coefficient * power_of_ten(wide - x.scale);
    const cpp_int right = y.coefficient * power_of_ten(wide - y.scale);

    check_exact(a.plus(b), {left + right, wide});
    check_exact(a.minus(b), {left - right, wide});
    check_exact(a.times(b), {x.coefficient * y.coefficient, x.scale + y.scale});
    check_exact(a.negated(), {-x.coefficient, x.scale});
    REQUIRE(a.compare(b) == (left > right ? 1 : left < right ? -1 : 0));
    check_rounded(a.rounded(scale, rounding), x.coefficient, power_of_ten(x.scale), scale,
                  rounding);
    check_rounded(a.times_rounded(b, scale, rounding), x.coefficient * y.coefficient,
                  power_of_ten(x.scale + y.scale), scale, rounding);
    if (b.is_zero())
      REQUIRE_FALSE(a.divided_by(b, scale, rounding).has_value());
    else
      check_rounded(a.divided_by(b, scale, rounding), x.coefficient * power_of_ten(y.scale),
                    y.coefficient * power_of_ten(x.scale), scale, rounding);
  }
}

TEST_CASE("text and number are two forms of one thing") {
  Numbers numbers(printed_seed());
  for (int i = 0; i < rounds; ++i) {
    const Decimal number = numbers.decimal();
    INFO(number.to_string());
    const auto again = Decimal::parse(number.to_string());
    REQUIRE(again.has_value());
    REQUIRE(again->coefficient() == number.coefficient());
    REQUIRE(again->scale() == number.scale());
    REQUIRE(number.trimmed() == number);
    REQUIRE(Decimal::from_c(number.to_c())->to_string() == number.to_string());
  }
}
