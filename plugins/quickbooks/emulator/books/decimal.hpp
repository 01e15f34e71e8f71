#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace emulator::books {

__extension__ typedef __int128 Int128;

/// An exact decimal number: units / 10^scale. Small enough to copy; no rounding happens unless
/// asked.
///
/// `parse` takes at most 19 significant digits, and the schema allows 11 digits before the point,
/// so a product of two parsed numbers always fits and may then be rounded.
class Decimal {
 public:
  Decimal() = default;
  Decimal(long long whole) : units_(whole) {}

  /// Reads the text of a JSON number (sign, point and exponent included). Nothing when it is no
  /// number or has more digits than fit.
  static std::optional<Decimal> parse(std::string_view text);

  /// As a JSON number: as many decimals as the scale says, and a plain "0" for zero.
  [[nodiscard]] std::string text() const;

  /// Rounded half away from zero to exactly this many decimals.
  [[nodiscard]] Decimal rounded(int decimals) const;

  /// The same number without zeros at the end.
  [[nodiscard]] Decimal trimmed() const;

  /// a / b rounded half away from zero; b must not be zero.
  static Decimal quotient(const Decimal& a, const Decimal& b, int decimals);

  [[nodiscard]] int sign() const { return units_ > 0 ? 1 : units_ < 0 ? -1 : 0; }
  [[nodiscard]] int scale() const { return scale_; }
  [[nodiscard]] Decimal magnitude() const { return units_ < 0 ? -*this : *this; }

  Decimal operator-() const { return {-units_, scale_}; }
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend int compare(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend bool operator<(const Decimal& a, const Decimal& b) { return compare(a, b) < 0; }
  friend bool operator>(const Decimal& a, const Decimal& b) { return compare(a, b) > 0; }
  friend bool operator>=(const Decimal& a, const Decimal& b) { return compare(a, b) >= 0; }

 private:
  Decimal(Int128 units, int scale) : units_(units), scale_(scale) {}
  Int128 units_ = 0;
  int scale_ = 0;
};

int compare(const Decimal& a, const Decimal& b);

} // namespace emulator::books
