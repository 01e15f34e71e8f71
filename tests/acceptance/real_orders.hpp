#pragma once

#include "acceptance/world.hpp"

#include <cstdint>
#include <optional>

// 3,701 real purchase orders (Microsoft's sample company Adventure Works), where their data lies
// beside the repository. What QuickBooks must hold is computed here in whole ten-thousandths, with
// no code of the plugin.
namespace acceptance {

// The canonical events of the first orders, from tools/adventureworks_events.py beside the
// repository; nullopt where the script or python3 is not there.
std::optional<std::string> adventure_works_events(int orders_max);

struct Tally {
  std::size_t orders = 0, lines = 0;
  std::int64_t held_cents = 0;           // as QuickBooks holds them
  std::int64_t host_ten_thousandths = 0; // as the host holds them, exactly
  std::size_t rounded_lines = 0;         // whose amount is not the host's total
};

// Checks every order of the events against what QuickBooks holds: there once, each field that the
// data has, each amount to the cent as docs/adr/0015 has it.
Tally check_orders(const World& world, const std::string& events);

} // namespace acceptance
