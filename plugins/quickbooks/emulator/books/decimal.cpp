#include "decimal.hpp"

#include <algorithm>

namespace emulator::books {
namespace {

constexpr int significant_digits_max = 19;
constexpr int scale_max = 19;

Int128 power_of_ten(int exponent) {
  Int128 power = 1;
  for (; exponent > 0; --exponent)
    power *= 10;
  return power;
}

Int128 divided(Int128 a, Int128 b) {
  const bool negative = (a < 0) != (b < 0);
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  const Int128 half_up = a / b + (a % b >= b - a % b ? 1 : 0);
  return negative ? -half_up : half_up;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads "e-3" and the like to the end of the text; nothing if there is more or less than that.
std::optional<int> parse_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  int exponent = 0;
  for (const char c : text)
    exponent = exponent * 10 + (c - '0');
  return negative ? -exponent : exponent;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  std::string digits;
  int scale = 0;
  bool point = false, any = false;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    any = true;
    if (digits.size() > 400) return std::nullopt;
    if (!digits.empty() || text[at] != '0') digits += text[at];
    if (point) ++scale;
  }
  const auto exponent = parse_exponent(text.substr(at));
  if (!any || !exponent) return std::nullopt;
  scale -= *exponent;
  // Zeros at the end are kept, as they say how an amount was written, unless there are too many
  // digits.
  while (scale > 0 && !digits.empty() && digits.back() == '0' &&
         (digits.size() > significant_digits_max || scale > scale_max)) {
    digits.pop_back();
    --scale;
  }
  if (digits.empty()) return Decimal{};
  if (scale < 0) {
    if (scale < -significant_digits_max) return std::nullopt;
    digits.append(static_cast<std::size_t>(-scale), '0');
    scale = 0;
  }
  if (digits.size() > significant_digits_max || scale > scale_max) return std::nullopt;
  Int128 units = 0;
  for (const char c : digits)
    units = units * 10 + (c - '0');
  return Decimal{negative ? -units : units, scale};
}

std::string Decimal::text() const {
  if (units_ == 0) return "0";
  std::string digits;
  for (Int128 rest = units_ < 0 ? -units_ : units_; rest > 0; rest /= 10)
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
  while (static_cast<int>(digits.size()) <= scale_)
    digits += '0';
  if (scale_ > 0) digits.insert(static_cast<std::size_t>(scale_), ".");
  if (units_ < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Decimal Decimal::rounded(int decimals) const {
  if (scale_ <= decimals) return {units_ * power_of_ten(decimals - scale_), decimals};
  return {divided(units_, power_of_ten(scale_ - decimals)), decimals};
}

Decimal Decimal::trimmed() const {
  Decimal result = *this;
  while (result.scale_ > 0 && result.units_ % 10 == 0) {
    result.units_ /= 10;
    --result.scale_;
  }
  return result;
}

Decimal Decimal::quotient(const Decimal& a, const Decimal& b, int decimals) {
  const int shift = decimals + b.scale_ - a.scale_;
  if (shift >= 0) return {divided(a.units_ * power_of_ten(shift), b.units_), decimals};
  return {divided(a.units_, b.units_ * power_of_ten(-shift)), decimals};
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  return {a.units_ * power_of_ten(scale - a.scale_) + b.units_ * power_of_ten(scale - b.scale_),
          scale};
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  return {a.units_ * b.units_, a.scale_ + b.scale_};
}

int compare(const Decimal& a, const Decimal& b) {
  return (a - b).sign();
}

} // namespace emulator::books
