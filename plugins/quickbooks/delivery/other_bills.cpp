#include "delivery/other_bills.hpp"

#include "core/mapping/billing.hpp"
#include "delivery/derived.hpp"
#include "erp/sdk/canonical_json.hpp"

namespace qb::delivery {

using outbox::Outbox;

std::vector<std::string> receipts_that_may_take_more(const links::Links& links,
                                                     const std::string& bill,
                                                     const std::string& billing_json) {
  const auto before = links.find(bill);
  if (!before || before->order_subject.empty() ||
      !mapping::lets_go(mapping::billing_from(before->billing_json),
                        mapping::billing_from(billing_json)))
    return {};
  std::vector<std::string> receipts;
  for (const links::Link& other : links.of_order(before->order_subject)) {
    if (other.subject == bill || other.entity_id.empty()) continue;
    const auto on_it = mapping::billing_from(other.billing_json).receipts;
    if (!on_it.empty()) receipts.push_back(on_it.rbegin()->first);
  }
  return receipts;
}

void look_again_at(store::Connection& db, const std::vector<std::string>& receipts,
                   erp::Instant now) {
  for (const std::string& receipt : receipts) {
    const auto newest = Outbox::newest_of(db, receipt);
    if (!newest || newest->state != outbox::State::delivered) continue;
    auto event = erp::event_from_json(newest->snapshot);
    if (!event) continue;
    outbox::Entry again = derived_entry(std::move(*event), now);
    again.ordering_key = newest->ordering_key; // it waits its turn, as receipts do
    Outbox::record(db, again, false);
  }
}

} // namespace qb::delivery
