#include "currencies.hpp"

#include <algorithm>
#include <array>

namespace emulator::books {
namespace {

struct Currency {
  std::string_view code, name, usd_value;
};

constexpr std::array currencies = {
    Currency{"AED", "United Arab Emirates Dirham", "0.2723"},
    Currency{"AUD", "Australian Dollar", "0.66"},
    Currency{"BHD", "Bahraini Dinar", "2.65"},
    Currency{"BRL", "Brazilian Real", "0.18"},
    Currency{"CAD", "Canadian Dollar", "0.73"},
    Currency{"CHF", "Swiss Franc", "1.12"},
    Currency{"CLP", "Chilean Peso", "0.00105"},
    Currency{"CNY", "Chinese Yuan", "0.14"},
    Currency{"CZK", "Czech Koruna", "0.043"},
    Currency{"DKK", "Danish Krone", "0.145"},
    Currency{"EUR", "Euro", "1.08"},
    Currency{"GBP", "British Pound Sterling", "1.27"},
    Currency{"HKD", "Hong Kong Dollar", "0.128"},
    Currency{"HUF", "Hungarian Forint", "0.0027"},
    Currency{"ILS", "Israeli Shekel", "0.27"},
    Currency{"INR", "Indian Rupee", "0.012"},
    Currency{"JPY", "Japanese Yen", "0.0067"},
    Currency{"KRW", "South Korean Won", "0.00073"},
    Currency{"KWD", "Kuwaiti Dinar", "3.25"},
    Currency{"MXN", "Mexican Peso", "0.055"},
    Currency{"MYR", "Malaysian Ringgit", "0.22"},
    Currency{"NOK", "Norwegian Krone", "0.093"},
    Currency{"NZD", "New Zealand Dollar", "0.6"},
    Currency{"OMR", "Omani Rial", "2.6"},
    Currency{"PHP", "Philippine Peso", "0.0175"},
    Currency{"PLN", "Polish Zloty", "0.25"},
    Currency{"SAR", "Saudi Riyal", "0.2667"},
    Currency{"SEK", "Swedish Krona", "0.094"},
    Currency{"SGD", "Singapore Dollar", "0.74"},
    Currency{"THB", "Thai Baht", "0.028"},
    Currency{"TND", "Tunisian Dinar", "0.32"},
    Currency{"TRY", "Turkish Lira", "0.03"},
    Currency{"TWD", "New Taiwan Dollar", "0.031"},
    Currency{"USD", "United States Dollar", "1"},
    Currency{"VND", "Vietnamese Dong", "0.00004"},
    Currency{"ZAR", "South African Rand", "0.055"},
};
constexpr int rate_decimals = 7;

const Currency* find(std::string_view code) {
  const auto found = std::find_if(currencies.begin(), currencies.end(),
                                  [&](const Currency& currency) { return currency.code == code; });
  return found == currencies.end() ? nullptr : &*found;
}

} // namespace

std::string_view currency_name(std::string_view code) {
  const auto* currency = find(code);
  return currency ? currency->name : std::string_view{};
}

Decimal rate_of_the_day(std::string_view foreign, std::string_view home) {
  const auto *from = find(foreign), *to = find(home);
  if (!from || !to || from == to) return Decimal{1};
  return Decimal::quotient(*Decimal::parse(from->usd_value), *Decimal::parse(to->usd_value),
                           rate_decimals)
      .trimmed();
}

} // namespace emulator::books
