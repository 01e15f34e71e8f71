#pragma once

#include "erp/sdk/decimal.hpp"

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

namespace qb::money {

using erp::Decimal;

// QuickBooks keeps amounts to two decimals, whatever the currency (Intuit, confirmed for USD).
constexpr int amount_places_max = 2;
// Places QuickBooks accepts in UnitPrice (Intuit's reference speaks of 5 to 7).
constexpr int unit_price_places_max = 7;
// Digits before the point that QuickBooks takes in an amount (Intuit's reference: 15 digits, 10
// before and 5 after the point).
constexpr int amount_whole_digits_max = 10;

// What the host's exact total becomes in QuickBooks: rounded half away from zero to the currency's
// smallest unit, and to at most amount_places_max. nullopt: unknown currency, or it does not fit.
std::optional<Decimal> document_amount(const Decimal& host_total, std::string_view currency);

struct LinePrice {
  Decimal amount;
  Decimal unit_price;
};
enum class PriceTrouble { unknown_currency, zero_quantity, no_unit_price_fits, out_of_range };

// See docs/adr/0015. unit_price is the host's unit cost if quantity * unit cost, rounded to two
// decimals, is the amount; else amount / quantity to seven places if that times the quantity rounds
// to the amount; else there is none, since QuickBooks refuses a line whose Amount is not UnitPrice
// * Qty (fault 6070). A unit cost with more than unit_price_places_max places is passed over.
// Quantity and amount both zero without a unit cost: the unit price is zero.
tl::expected<LinePrice, PriceTrouble> line_price(const Decimal& quantity,
                                                 const std::optional<Decimal>& unit_cost,
                                                 const Decimal& host_total,
                                                 std::string_view currency);

} // namespace qb::money
