#pragma once
#include "company.hpp"

namespace emulator::books {

/// What a payment does to the books: it lowers what is open on its bills, what is owed to the
/// vendor and on payables, and the money in the bank. A bill's SyncToken stays, as with other
/// balances; CDC shows the bill. (Whether QuickBooks counts it up is not confirmed, so that a
/// client may not build on it.)
void post_payment(Company& company, const Record& payment, Instant now);
void unpost_payment(Company& company, const Record& payment, Instant now);

} // namespace emulator::books
