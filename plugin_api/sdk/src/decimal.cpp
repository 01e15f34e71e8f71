#include "erp/sdk/decimal.hpp"

#include <array>
#include <limits>

namespace erp {
namespace {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 WideMagnitude;

constexpr std::int64_t coefficient_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t coefficient_max = std::numeric_limits<std::int64_t>::max();

// 10^0 .. 10^38, all that 128 bits hold.
constexpr std::array<WideMagnitude, 39> powers_of_ten = [] {
  std::array<WideMagnitude, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i)
    powers[i] = powers[i - 1] * 10;
  return powers;
}();

WideMagnitude power_of_ten(int exponent) {
  return powers_of_ten[static_cast<std::size_t>(exponent)];
}

WideMagnitude magnitude(Wide value) {
  return value < 0 ? WideMagnitude{0} - static_cast<WideMagnitude>(value)
                   : static_cast<WideMagnitude>(value);
}

// The largest magnitude a coefficient of this sign may have.
WideMagnitude magnitude_max(bool negative) {
  return static_cast<WideMagnitude>(coefficient_max) + (negative ? 1U : 0U);
}

std::optional<Decimal> decimal_of(bool negative, WideMagnitude value, int scale) {
  if (value > magnitude_max(negative)) return std::nullopt;
  const Wide coefficient = negative ? -static_cast<Wide>(value) : static_cast<Wide>(value);
  return Decimal(static_cast<std::int64_t>(coefficient), scale);
}

// Gives up trailing zeros, as few as it takes to fit.
std::optional<Decimal> fitted(Wide coefficient, int scale) {
  while ((scale > Decimal::scale_max || coefficient < coefficient_min ||
          coefficient > coefficient_max) &&
         scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  if (scale > Decimal::scale_max) return std::nullopt;
  return decimal_of(coefficient < 0, magnitude(coefficient), scale);
}

// Whether a quotient's magnitude must be raised by one; 0 <= remainder < divisor.
bool rounds_up(WideMagnitude quotient, WideMagnitude remainder, WideMagnitude divisor,
               Rounding rounding) {
  if (rounding == Rounding::toward_zero || remainder == 0) return false;
  const WideMagnitude rest = divisor - remainder;
  if (remainder != rest) return remainder > rest;
  return rounding == Rounding::half_away_from_zero || quotient % 2 == 1;
}

// value * 10^-from, brought to `to` places.
std::optional<Decimal> rescaled(Wide value, int from, int to, Rounding rounding) {
  if (to < 0 || to > Decimal::scale_max) return std::nullopt;
  const bool negative = value < 0;
  const WideMagnitude size = magnitude(value);
  if (to >= from) {
    const WideMagnitude factor = power_of_ten(to - from);
    if (size > magnitude_max(negative) / factor) return std::nullopt;
    return decimal_of(negative, size * factor, to);
  }
  const WideMagnitude divisor = power_of_ten(from - to);
  const WideMagnitude quotient = size / divisor;
  const bool up = rounds_up(quotient, size % divisor, divisor, rounding);
  return decimal_of(negative, quotient + (up ? 1U : 0U), to);
}

// Both coefficients at the same scale; 2^63 * 10^18 is far below 2^127.
struct Aligned {
  Wide left;
  Wide right;
  int scale;
};
Aligned align(const Decimal& a, const Decimal& b) {
  const int scale = a.scale() > b.scale() ? a.scale() : b.scale();
  return {Wide{a.coefficient()} * static_cast<Wide>(power_of_ten(scale - a.scale())),
          Wide{b.coefficient()} * static_cast<Wide>(power_of_ten(scale - b.scale())), scale};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;

  const std::size_t point = text.find('.');
  if (point != std::string_view::npos) // zeros at the end are kept where they fit, see below
    while (text.size() > point + 1 + scale_max && text.back() == '0')
      text.remove_suffix(1);

  WideMagnitude coefficient = 0;
  int scale = 0;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (!is_digit(c)) return std::nullopt;
    coefficient = coefficient * 10 + static_cast<unsigned>(c - '0');
    scale += after_point ? 1 : 0;
    if (scale > scale_max || coefficient >= power_of_ten(37))
      return std::nullopt; // 19 digits and 18 zeros that could still be given up
  }
  const Wide value = static_cast<Wide>(coefficient);
  return fitted(negative ? -value : value, scale);
}

std::optional<Decimal> Decimal::from_c(const erp_decimal& value) {
  if (value.scale < 0 || value.scale > scale_max) return std::nullopt;
  return Decimal(value.coefficient, value.scale);
}

erp_decimal Decimal::to_c() const {
  return erp_decimal{coefficient_, scale_, 0};
}

std::string Decimal::to_string() const {
  // A sign, 20 digits or "0." with 18 places, and a point fit 24 bytes; filled from the back.
  std::array<char, 24> text{};
  std::size_t begin = text.size();
  auto rest = static_cast<std::uint64_t>(magnitude(coefficient_));
  int places = 0;
  do {
    if (places == scale_ && places > 0) text[--begin] = '.';
    text[--begin] = static_cast<char>('0' + rest % 10);
    rest /= 10;
    ++places;
  } while (rest != 0 || places <= scale_);
  if (coefficient_ < 0) text[--begin] = '-';
  return std::string(text.data() + begin, text.size() - begin);
}

Decimal Decimal::trimmed() const {
  Decimal result = *this;
  while (result.scale_ > 0 && result.coefficient_ % 10 == 0) {
    result.coefficient_ /= 10;
    --result.scale_;
  }
  return result;
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  const Aligned both = align(*this, other);
  return fitted(both.left + both.right, both.scale);
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const {
  const Aligned both = align(*this, other);
  return fitted(both.left - both.right, both.scale);
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  return fitted(Wide{coefficient_} * Wide{other.coefficient_}, scale_ + other.scale_);
}

std::optional<Decimal> Decimal::divided_by(const Decimal& other, int scale,
                                           Rounding rounding) const {
  if (other.is_zero() || scale < 0 || scale > scale_max) return std::nullopt;
  const bool negative = is_negative() != other.is_negative();
  // Quotient = dividend / divisor * 10^shift; a negative shift goes into the divisor (at most
  // 2^63 * 10^18), a positive one is done digit by digit, so nothing has to be wider than 128 bits.
  int shift = scale - scale_ + other.scale_;
  const WideMagnitude dividend = magnitude(coefficient_);
  WideMagnitude divisor = magnitude(other.coefficient_);
  if (shift < 0) {
    divisor *= power_of_ten(-shift);
    shift = 0;
  }
  WideMagnitude quotient = dividend / divisor;
  WideMagnitude remainder = dividend % divisor;
  for (; shift > 0; --shift) {
    remainder *= 10; // below 2^67: without a negative shift the divisor has 64 bits
    quotient = quotient * 10 + remainder / divisor;
    remainder %= divisor;
    if (quotient > magnitude_max(negative)) return std::nullopt;
  }
  const bool up = rounds_up(quotient, remainder, divisor, rounding);
  return decimal_of(negative, quotient + (up ? 1U : 0U), scale);
}

std::optional<Decimal> Decimal::rounded(int scale, Rounding rounding) const {
  return rescaled(coefficient_, scale_, scale, rounding);
}

std::optional<Decimal> Decimal::times_rounded(const Decimal& other, int scale,
                                              Rounding rounding) const {
  return rescaled(Wide{coefficient_} * Wide{other.coefficient_}, scale_ + other.scale_, scale,
                  rounding);
}

std::optional<Decimal> Decimal::negated() const {
  return fitted(-Wide{coefficient_}, scale_);
}

int Decimal::compare(const Decimal& other) const {
  const Aligned both = align(*this, other);
  return (both.left > both.right ? 1 : 0) - (both.left < both.right ? 1 : 0);
}

} // namespace erp
