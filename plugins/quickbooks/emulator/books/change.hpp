#pragma once
#include "company.hpp"
#include "fault.hpp"

namespace emulator::books {

/// A create or update on its way through the rules. `body` is what would be stored; rules complete
/// it or object. Nothing of the company changes before all of them have agreed.
struct Change {
  const EntityInfo& info;
  const Record* before; ///< nullptr on create
  const Value& sent;    ///< what the client sent, conformed
  Value body;
  bool sparse;
  bool allow_duplicate_number;
  Instant now;
  std::uint64_t next_line = 1;
  bool closed_by_hand = false;
};

// Rules of the lists.
Objection settle_list_names(const Company& company, Change& change);
Objection settle_account(const Company& company, Change& change);
Objection settle_item(const Company& company, Change& change);
Objection settle_person(const Company& company, Change& change);
Objection settle_term(const Company& company, Change& change);
Objection settle_preferences(const Company& company, Change& change);

// Rules of purchase orders and bills.
Objection settle_purchase(const Company& company, Change& change);
Objection settle_purchase_lines(const Company& company, Change& change);
Objection settle_purchase_tax(const Company& company, Change& change);

/// With several currencies on, every transaction names its own; it must be the vendor's.
Objection settle_currency(const Company& company, Change& change, const Record& vendor);
/// With one A/P account of the currency it is implied; with several it has to be named.
Objection settle_payables(const Company& company, Change& change);

/// Rules of payments of bills.
Objection settle_payment(const Company& company, Change& change);

/// Fault 6200 for a day up to which the books are closed.
Objection check_open_period(const Company& company, std::string_view day);

/// The currency of a list object: home unless sent, fixed once it is set.
Objection settle_list_currency(const Company& company, Change& change);

/// Every reference must lead somewhere, and to something active unless it was there before.
Objection check_references(const Company& company, const Change& change);

/// Puts a stored member back.
void keep_stored(Change& change, std::string_view name);

} // namespace emulator::books
