#include "delivery/other_bills.hpp"

#include "core/mapping/billing.hpp"
#include "delivery/derived.hpp"

namespace qb::delivery {

using outbox::Outbox;

std::vector<std::string> receipts_that_may_take_more(const links::Links& links,
                                                     const std::string& bill,
                                                     const std::string& order_subject,
                                                     const std::string& billing_json) {
  if (order_subject.empty()) return {};
  const auto before = links.find(bill);
  if (!before || !mapping::lets_go(mapping::billing_from(before->billing_json),
                                   mapping::billing_from(billing_json)))
    return {};
  std::vector<std::string> receipts;
  for (const links::Link& other : links.of_order(order_subject)) {
    if (other.subject == bill || other.entity_id.empty()) continue;
    const auto on_it = mapping::billing_from(other.billing_json).receipts;
    if (!on_it.empty()) receipts.push_back(on_it.rbegin()->first);
  }
  return receipts;
}

void look_again_at(store::Connection& db, const std::vector<std::string>& receipts,
                   erp::Instant now) {
  for (const std::string& receipt : receipts)
    if (const auto again = once_more(db, receipt, now)) Outbox::record(db, *again, false);
}

} // namespace qb::delivery
