#pragma once

#include "acceptance/world.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace crash {

// Documents of a host that follow on each other: an order with a part of its own, later its second
// version, later the receipt of all of it. Knows what QuickBooks must hold in the end.
class Traffic {
 public:
  explicit Traffic(std::uint64_t seed) : engine_(seed) {}

  // The settings of a world that takes these documents.
  static acceptance::WorldOptions world();

  // One JSONL line for each document: always a new order, mostly an update and a receipt as well.
  std::vector<std::string> next_round();
  // One at a time.
  std::string create();
  std::string update_last() { return update(orders_.back()); }
  std::string receive_last() { return receive(orders_.back()); }

  // What differs from "each document stands once, in its newest version", in words; "" if nothing.
  std::string wrong_in(const acceptance::World& world) const;

  std::size_t orders() const { return orders_.size(); }
  std::size_t receipts() const { return receipts_.size(); }

 private:
  struct Received {
    acceptance::Receipt receipt;
    std::string order_id;
  };

  std::string update(acceptance::Order& order);
  std::string receive(const acceptance::Order& order);
  int dice(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }

  std::mt19937_64 engine_;
  std::vector<acceptance::Order> orders_; // the newest version of each
  std::vector<Received> receipts_;
};

std::string together(const std::vector<std::string>& lines);

} // namespace crash
