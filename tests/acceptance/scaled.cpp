#include "acceptance/scaled.hpp"

#include "acceptance/world.hpp"

#include <stdexcept>

namespace acceptance {

std::int64_t power_of_ten(int exponent) {
  std::int64_t out = 1;
  while (exponent-- > 0)
    out *= 10;
  return out;
}

std::int64_t scaled(const std::string& number, int places) {
  const std::string text = plain(number);
  const auto point = text.find('.');
  const std::string whole = text.substr(0, point);
  std::string part = point == std::string::npos ? "" : text.substr(point + 1);
  if (part.size() > static_cast<std::size_t>(places))
    throw std::runtime_error("too many places: " + number);
  part.resize(static_cast<std::size_t>(places), '0');
  return std::stoll(whole + part); // no negative fractions in this data
}

} // namespace acceptance
