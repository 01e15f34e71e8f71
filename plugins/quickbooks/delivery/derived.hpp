#pragma once

#include "erp/sdk/document.hpp"
#include "outbox/outbox.hpp"

#include <optional>
#include <string>

// Events that close an order, and entries of our own making: what one document needs of another,
// or does to it.
namespace qb::delivery {

// The order is over with it.
bool closes_order(const erp::Event& event);
// And wants nothing of it in QuickBooks.
bool cancels_order(const outbox::Entry& entry);

// Not recorded yet; of the version that the document of the event has.
outbox::Entry derived_entry(erp::Event event, erp::Instant now);

// What closed this order, to be done once more: QuickBooks opens an order again when a bill gives
// back what it took of it, also one that the host has cancelled. nullopt: the newest of the order
// does not close it, or is not settled and will look for itself.
std::optional<outbox::Entry> closing_again(store::Connection&, const std::string& order_subject,
                                           erp::Instant now);

} // namespace qb::delivery
