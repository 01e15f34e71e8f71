#include "core/mapping/address.hpp"

#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

namespace qb::mapping {

std::optional<qbo::Value> physical_address(const std::string& first_line,
                                           const erp::Address& address, const std::string& field,
                                           Obstacles& obstacles) {
  qbo::Value out = qbo::Value::object();
  int lines = 0;
  bool usable = false;
  const auto add_line = [&](const std::string& text, const char* part) {
    const std::string clean = obstacles.within(text, limits::address_line, "", field + ", " + part);
    if (!clean.empty()) out.set("Line" + std::to_string(++lines), clean);
    return !clean.empty();
  };
  const auto add = [&](const char* member, const std::optional<std::string>& text,
                       std::size_t length_max, const char* part) {
    const std::string clean =
        obstacles.within(text.value_or(""), length_max, "", field + ", " + part);
    if (!clean.empty()) out.set(member, clean);
    return !clean.empty();
  };
  add_line(first_line, "name");
  usable |= add_line(address.line1.value_or(""), "line 1");
  usable |= add_line(address.line2.value_or(""), "line 2");
  usable |= add("City", address.city, limits::city, "city");
  usable |= add("CountrySubDivisionCode", address.region, limits::region, "region");
  usable |= add("PostalCode", address.postal_code, limits::postal_code, "postal code");
  add("Country", address.country, limits::country, "country");
  if (!usable) return std::nullopt;
  return out;
}

std::optional<std::string> usable_email(const std::optional<std::string>& email) {
  const std::string text(trimmed(email.value_or("")));
  const std::size_t at = text.find('@');
  if (at == std::string::npos || at == 0 || text.find('@', at + 1) != std::string::npos ||
      text.find('.', at + 2) == std::string::npos || text.back() == '.' ||
      text.find_first_of(" ,;<>") != std::string::npos || has_control_character(text) ||
      limits::length_of(text) > limits::email)
    return std::nullopt;
  return text;
}

} // namespace qb::mapping
