#include "core/money/line_price.hpp"

#include "core/money/currency.hpp"

#include <algorithm>

namespace qb::money {
namespace {

constexpr auto half_away = erp::Rounding::half_away_from_zero;

bool too_large(const Decimal& amount) {
  constexpr std::int64_t limit = 10'000'000'000; // 10^amount_whole_digits_max
  static_assert(amount_whole_digits_max == 10);
  return amount >= Decimal(limit) || amount <= Decimal(-limit);
}

// What QuickBooks checks (fault 6070).
bool gives(const Decimal& quantity, const Decimal& unit_price, const Decimal& amount) {
  const auto product = quantity.times_rounded(unit_price, amount_places_max, half_away);
  return product && *product == amount;
}

} // namespace

std::optional<Decimal> document_amount(const Decimal& host_total, std::string_view currency) {
  const auto places = minor_unit_places(currency);
  if (!places) return std::nullopt;
  const auto amount = host_total.rounded(std::min(*places, amount_places_max), half_away);
  if (!amount || too_large(*amount)) return std::nullopt;
  return amount;
}

tl::expected<LinePrice, PriceTrouble> line_price(const Decimal& quantity,
                                                 const std::optional<Decimal>& unit_cost,
                                                 const Decimal& host_total,
                                                 std::string_view currency) {
  if (!minor_unit_places(currency)) return tl::make_unexpected(PriceTrouble::unknown_currency);
  const auto amount = document_amount(host_total, currency);
  if (!amount) return tl::make_unexpected(PriceTrouble::out_of_range);

  if (unit_cost && unit_cost->trimmed().scale() <= unit_price_places_max &&
      gives(quantity, *unit_cost, *amount))
    return LinePrice{*amount, *unit_cost};
  if (quantity.is_zero()) {
    if (amount->is_zero()) return LinePrice{*amount, Decimal(0)};
    return tl::make_unexpected(PriceTrouble::zero_quantity);
  }

  const auto price = amount->divided_by(quantity, unit_price_places_max, half_away);
  if (!price) return tl::make_unexpected(PriceTrouble::out_of_range);
  if (!gives(quantity, *price, *amount))
    return tl::make_unexpected(PriceTrouble::no_unit_price_fits);
  return LinePrice{*amount, price->trimmed()};
}

} // namespace qb::money
