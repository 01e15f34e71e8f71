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

// What the newest of a document said, to be done once more. nullopt: it is not settled, and will
// look for itself; or `wanted` (null: always) does not want it.
std::optional<outbox::Entry> once_more(store::Connection&, const std::string& subject,
                                       erp::Instant now,
                                       bool (*wanted)(const erp::Event&) = nullptr);

} // namespace qb::delivery
