#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

// Plainly fictional documents of a host, in their canonical JSON. The defaults fit the emulator's
// seeded company: Hicks Hardware is a vendor there, "R&D" a class, "Shop Supplies" an account.
namespace acceptance {

struct Part {
  std::string id = "P-1";
  std::string number = "300500";
  std::optional<std::string> revision = "A";
  std::string description = "Bracket, anodized";
  std::string kind = "stocked";
  bool active = true;
};

struct Line {
  std::string id = "1";
  std::optional<Part> part = Part();
  std::string description = "Bracket, anodized";
  std::optional<std::string> quantity = "10";
  std::optional<std::string> unit_cost = "12.5";
  std::string total = "125";
  std::optional<std::string> expense_code = std::nullopt;
  std::optional<std::string> klass = std::nullopt;
};

struct Fee {
  std::string id = "f1";
  std::string name = "Shipping";
  std::string amount = "15";
};

struct Supplier {
  std::string id = "S-7";
  std::string name = "Hicks Hardware";
  std::optional<std::string> email = "orders@hicks.example.com";
  std::string currency = "USD";
  std::string line1 = "42 Sample Street";
};

struct Order {
  std::string id = "1042";
  int version = 1;
  std::string status = "ordered";
  std::string currency = "USD";
  std::optional<std::string> exchange_rate = std::nullopt;
  std::string ordered_on = "2026-11-20";
  std::optional<std::string> due_on = "2026-12-04";
  std::optional<std::string> memo = "Deliver to dock 3";
  std::optional<std::string> reference = "Project Kite";
  Supplier supplier = {};
  std::vector<Line> lines = {Line()};
  std::vector<Fee> fees = {};
};

// What came in of an order, by the order's line ids.
struct Receipt {
  std::string id = "R-1";
  std::optional<std::string> number = std::nullopt; // as the id
  std::optional<std::string> received_on = "2026-11-25";
  bool complete = false;
  std::vector<std::pair<std::string, std::string>> lines = {{"1", "10"}};
};

// One line of JSONL each, with its newline.
std::string po_ordered(const std::string& event_id, const Order& order);
std::string part_saved(const std::string& event_id, const Part& part);
std::string supplier_saved(const std::string& event_id, const Supplier& supplier);
std::string po_cancelled(const std::string& event_id, const Order& order,
                         const std::optional<std::string>& reason = std::nullopt);
// The whole first line came in.
std::string po_received(const std::string& event_id, const Order& order);
std::string po_received(const std::string& event_id, const Order& order, const Receipt& receipt);
// Its whole new state.
std::string receipt_corrected(const std::string& event_id, const Order& order,
                              const Receipt& receipt);
// Of that receipt, so much came in after all.
std::string receipt_corrected(const std::string& event_id, const Order& order,
                              const std::string& quantity);

// An order with that number and one line of a part of its own or a shared one.
Order order_numbered(const std::string& id);
Line one_more_line(); // id "2", of 12.5
// A part, a part with a price of four decimals and a class, a line without part and with an
// expense code, and a fee: one line of each kind. Total in QuickBooks: 366.64.
Order order_of_every_kind(const std::string& id = "1042");

} // namespace acceptance
