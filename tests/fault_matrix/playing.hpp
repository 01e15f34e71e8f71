#pragma once

#include "cases.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fault_matrix {

// Whichever cells a program plays: one of each row, or as many as asked for, in an order of their
// own; LEDGERHOOK_MATRIX=N6/middle/bill only that one.
std::vector<Cell> one_of_each_row(std::uint64_t seed);
std::vector<Cell> drawn(std::uint64_t seed, std::size_t runs);

// Plays them, each with its own seed, on one scene after the other. Every complaint names row,
// point, operation, and the command that plays it again.
struct Played {
  std::size_t runs = 0, went_singly = 0;
  std::vector<std::string> complaints;
};
Played play(const std::vector<Cell>& cells, std::uint64_t seed, const std::string& program);

} // namespace fault_matrix
