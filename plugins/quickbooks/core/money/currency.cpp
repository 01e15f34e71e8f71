#include "core/money/currency.hpp"

#include <algorithm>
#include <iterator>

namespace qb::money {
namespace {

struct Currency {
  std::string_view code;
  int places;
};
constexpr Currency currencies[] = {
#include "core/money/currency_table.inc"
};

} // namespace

std::optional<int> minor_unit_places(std::string_view iso_code) {
  const auto* const found =
      std::lower_bound(std::begin(currencies), std::end(currencies), iso_code,
                       [](const Currency& c, std::string_view code) { return c.code < code; });
  if (found == std::end(currencies) || found->code != iso_code) return std::nullopt;
  return found->places;
}

} // namespace qb::money
