#pragma once

#include <cstddef>
#include <string_view>

// The lengths QuickBooks takes, in characters (reference s.7.11, from Intuit's API reference;
// whether characters or UTF-16 units is unconfirmed, so the larger count is compared).
namespace qb::mapping::limits {

constexpr std::size_t doc_number = 21;
constexpr std::size_t item_name = 100;
constexpr std::size_t item_sku = 100;
constexpr std::size_t item_description = 4000;
constexpr std::size_t item_purchase_description = 1000;
constexpr std::size_t vendor_name = 500;
constexpr std::size_t company_name = 100;
constexpr std::size_t memo = 4000;
constexpr std::size_t private_note = 4000;
constexpr std::size_t line_description = 4000;
constexpr std::size_t address_line = 500;
constexpr std::size_t city = 255;
constexpr std::size_t region = 255;
constexpr std::size_t country = 255;
constexpr std::size_t postal_code = 30;
constexpr std::size_t email = 100;
constexpr std::size_t lines = 10'000;

// UTF-16 units of a UTF-8 text.
inline std::size_t length_of(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0u) != 0x80u ? 1 : 0;
    units += byte >= 0xF0u ? 1 : 0;
  }
  return units;
}

} // namespace qb::mapping::limits
