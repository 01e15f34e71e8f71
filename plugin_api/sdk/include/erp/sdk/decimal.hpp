#pragma once

#include "erp/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace erp {

// How to round; always spelled at the call.
enum class Rounding { half_away_from_zero, half_even, toward_zero };

// An exact decimal number, coefficient * 10^-scale with 0 <= scale <= 18: the C++ side of
// erp_decimal. Keeps its scale (1.50 prints as "1.50") and compares by value (1.50 == 1.5). There
// is no way from or to double. Arithmetic that does not fit 64 bits or 18 places answers nullopt;
// it never rounds by itself.
class Decimal {
 public:
  static constexpr int scale_max = 18;

  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t whole) : coefficient_(whole) {}
  // Precondition: 0 <= scale <= scale_max.
  constexpr Decimal(std::int64_t coefficient, int scale)
      : coefficient_(coefficient), scale_(scale) {}

  // "-12.50", "0", ".5" is refused, so are "+1", "1.", "1e3", blanks, and what does not fit.
  static std::optional<Decimal> parse(std::string_view text);
  // nullopt: absent or not a number (scale out of range).
  static std::optional<Decimal> from_c(const erp_decimal& value);
  erp_decimal to_c() const;

  std::int64_t coefficient() const { return coefficient_; }
  int scale() const { return scale_; }
  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }

  // Plain digits, never an exponent; keeps trailing zeros.
  std::string to_string() const;
  // The same value with the fewest places: 1.50 -> 1.5, 10.0 -> 10.
  Decimal trimmed() const;

  std::optional<Decimal> plus(const Decimal& other) const;
  std::optional<Decimal> minus(const Decimal& other) const;
  // Exact product; nullopt if it needs more than 18 places after trimming or more than 64 bits.
  std::optional<Decimal> times(const Decimal& other) const;
  // Quotient to `scale` places. nullopt: division by zero, or it does not fit.
  std::optional<Decimal> divided_by(const Decimal& other, int scale, Rounding) const;
  // To exactly `scale` places. nullopt: it does not fit.
  std::optional<Decimal> rounded(int scale, Rounding) const;
  // Product rounded to `scale` places, computed without an intermediate limit of 18 places.
  std::optional<Decimal> times_rounded(const Decimal& other, int scale, Rounding) const;
  std::optional<Decimal> negated() const;

  // -1, 0, 1; by value.
  int compare(const Decimal& other) const;
  friend bool operator==(const Decimal& a, const Decimal& b) { return a.compare(b) == 0; }
  friend bool operator!=(const Decimal& a, const Decimal& b) { return a.compare(b) != 0; }
  friend bool operator<(const Decimal& a, const Decimal& b) { return a.compare(b) < 0; }
  friend bool operator>(const Decimal& a, const Decimal& b) { return a.compare(b) > 0; }
  friend bool operator<=(const Decimal& a, const Decimal& b) { return a.compare(b) <= 0; }
  friend bool operator>=(const Decimal& a, const Decimal& b) { return a.compare(b) >= 0; }

 private:
  std::int64_t coefficient_ = 0;
  int scale_ = 0;
};

} // namespace erp
