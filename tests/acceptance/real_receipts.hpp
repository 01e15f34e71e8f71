#pragma once

#include "acceptance/world.hpp"

#include <cstdint>
#include <optional>
#include <string>

// The receipts of Adventure Works, plain or dressed, against what QuickBooks holds. What it must
// hold is computed here in whole units, with no code of the plugin.
namespace acceptance {

// Events with receipts; `dress` 0: plain. nullopt where the script or python3 is not there.
std::optional<std::string> adventure_works_receipts(int orders_max, int dress);

struct Received {
  std::size_t orders = 0, receipts = 0, bills = 0, closed = 0, over = 0;
  std::int64_t billed_cents = 0;
};

// Checks, for the setting `mode`: bills equal to what was received to the cent, quantity on hand to
// the last unit, orders closed exactly when complete.
Received check_receipts(const World& world, const std::string& events, const std::string& mode);

// Emits, drains and checks the first orders and their receipts, then does all of it once more.
void brings_real_receipts(int orders, const std::string& mode, int dress);

} // namespace acceptance
