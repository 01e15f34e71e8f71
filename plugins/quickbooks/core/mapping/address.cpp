#include "core/mapping/address.hpp"

#include "core/mapping/text_limits.hpp"

namespace qb::mapping {

std::optional<qbo::Value> physical_address(const std::string& first_line,
                                           const erp::Address& address, const std::string& field,
                                           Obstacles& obstacles) {
  qbo::Value out = qbo::Value::object();
  int line = 1;
  bool usable = false;
  const auto add_line = [&](const std::string& text) {
    if (text.empty()) return;
    out.set("Line" + std::to_string(line++),
            obstacles.within(text, limits::address_line, "", field));
  };
  const auto add = [&](const char* member, const std::optional<std::string>& text,
                       std::size_t length_max) {
    if (!text || text->empty()) return;
    out.set(member, obstacles.within(*text, length_max, "", field));
    usable = true;
  };
  add_line(first_line);
  add_line(address.line1.value_or(""));
  add_line(address.line2.value_or(""));
  usable = !address.line1.value_or("").empty() || !address.line2.value_or("").empty();
  add("City", address.city, limits::city);
  add("CountrySubDivisionCode", address.region, limits::region);
  add("PostalCode", address.postal_code, limits::postal_code);
  const bool usable_without_country = usable;
  add("Country", address.country, limits::country);
  if (!usable_without_country) return std::nullopt;
  return out;
}

bool is_email(const std::string& text) {
  const std::size_t at = text.find('@');
  return at != std::string::npos && at > 0 && text.find('@', at + 1) == std::string::npos &&
         text.find('.', at + 2) != std::string::npos && text.back() != '.' &&
         text.find_first_of(" \t\r\n,;<>") == std::string::npos;
}

} // namespace qb::mapping
