#pragma once
#include "company.hpp"

#include <set>
#include <string>

namespace emulator::books {

/// Ids of purchase orders whose links changed and that need their status and SyncToken renewed.
using TouchedOrders = std::set<std::string>;

/// Drops, without a word, every link of the bill that leads nowhere or to something unavailable: so
/// does QuickBooks (sandbox-tested by others, 2026). `before` is the bill as it was, or nullptr.
void drop_bad_links(const Company& company, const Value* before, Value& bill);

/// Moves an account's balance, and those of the accounts above it.
void add_to_account(Company& company, std::string_view id, const Decimal& amount, Instant now);

/// Notes in a transaction's header that another one is linked to it, or no longer is. Ids are one
/// series over all transactions.
void set_link(Value& body, const std::string& id, const std::string& type, bool linked);

/// Was the bill paid, in part or in full?
bool has_payments(const Value& bill);

/// What a bill does to the books: balances of vendor and accounts, quantities of inventory items,
/// and the received part of purchase order lines.
void post_bill(Company& company, const Record& bill, Instant now, TouchedOrders& touched);
void unpost_bill(Company& company, const Record& bill, Instant now, TouchedOrders& touched);

/// Closes orders whose lines are all billed, reopens the others, and counts their SyncTokens up.
void renew_orders(Company& company, const TouchedOrders& touched, Instant now);

/// "Closed" when set by hand or when every line is billed in full, else "Open".
std::string_view order_status(const Value& order, bool closed_by_hand);

/// Carries an account's balance from under one parent to under another.
void move_balance(Company& company, const Value& account, std::string_view from,
                  std::string_view to);

} // namespace emulator::books
