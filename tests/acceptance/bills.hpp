#pragma once

#include "acceptance/world.hpp"

#include <string>
#include <utility>
#include <vector>

// Receipts as a bookkeeper sees them in QuickBooks.
namespace acceptance {

// A world in which receipts become what `mode` says.
WorldOptions receiving(const std::string& mode,
                       const std::map<std::string, std::string>& settings = {});

// What came in with that receipt, by the order's line ids.
Receipt receipt_of(const std::string& id, std::vector<std::pair<std::string, std::string>> lines,
                   bool complete = false);

// The one bill with that number; throws if there is none or a second one.
Json bill(const World& world, const std::string& doc_number);
// How many lines of the bill are linked to a line of a purchase order.
std::size_t linked_lines(const Json& bill);
// "10" : how many the item of a purchase order's first line has on hand.
std::string on_hand(const World& world, const std::string& item);
std::string status_of(const World& world, const std::string& order_number);
// "125.00" and so on of all bills together, as "125".
std::string billed_in_all(const World& world);

} // namespace acceptance
