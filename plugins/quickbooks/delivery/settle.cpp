// How an entry ends: written, found, nothing to do, or blocked.
#include "delivery/deliver.hpp"

#include "core/mapping/bill.hpp"
#include "core/mapping/billing.hpp"
#include "core/mapping/line_ids.hpp"
#include "core/mapping/words.hpp"
#include "delivery/derived.hpp"
#include "delivery/other_bills.hpp"
#include "delivery/sealed_plan.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;

// What is to be told of a document now stands in the inbox, and what was told before and is no
// longer so ends; answers the causes of those.
std::vector<std::string> renew_warnings(store::Connection& db, const std::string& subject,
                                        const std::vector<verdict::IssueWords>& warnings,
                                        erp::Instant now) {
  for (const verdict::IssueWords& words : warnings)
    inbox::Inbox::raise(db, words, now, true);
  std::vector<std::string> over;
  for (const auto& [id, cause] : inbox::Inbox::open_below(db, mapping::warnings_prefix(subject))) {
    if (std::any_of(warnings.begin(), warnings.end(),
                    [&cause = cause](const auto& words) { return words.cause == cause; }))
      continue;
    inbox::Inbox::resolve(db, id, "it is no longer so", now);
    over.push_back(cause);
  }
  return over;
}

// The links that were asked for and that QuickBooks left out without a word.
std::vector<mapping::Obstacle> links_lacking(const SealedPlan& plan, const qbo::Value& sent,
                                             const qbo::Value& object,
                                             std::vector<std::string>& host_ids) {
  std::vector<mapping::Obstacle> lacking;
  for (const std::size_t place : mapping::dropped_links(sent, object)) {
    if (place >= plan.line_ids.size()) continue; // of a line of somebody else
    host_ids.push_back(plan.line_ids[place]);
    mapping::Obstacle obstacle;
    obstacle.kind = mapping::ObstacleKind::link_dropped;
    obstacle.name = object.text_of("DocNumber");
    obstacle.where = "line " + plan.line_ids[place];
    obstacle.limit = verdict::host_words(plan.order_subject);
    lacking.push_back(std::move(obstacle));
  }
  return lacking;
}

// QuickBooks counts the order's SyncToken up when a bill takes of it or gives back, and may open or
// close the order.
void order_is_touched(store::Connection& db, const std::string& order_subject, erp::Instant now) {
  if (order_subject.empty()) return;
  links::Links::forget_answer_of(db, order_subject);
  // It opens an order of which a bill gives something back, also one that the host has closed.
  if (const auto closing = once_more(db, order_subject, now, closes_order))
    Outbox::record(db, *closing, true);
}

} // namespace

void Delivery::settle_written(const Entry& entry, const Seal& seal, const qbo::Value& object) {
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const auto sent = qbo::read(seal.body);
  links::Link link = link_to(object, seal, plan, surroundings_.now());
  link.fingerprint = plan.fingerprint;
  // The document of one subject was changed for another's sake: it is of the version it was.
  if (plan.subject != entry.subject)
    if (const auto before = links_.find(plan.subject)) link.version = before->version;
  std::vector<std::string> unlinked;
  std::vector<verdict::IssueWords> issues;
  if (sent && !plan.order_subject.empty())
    for (const mapping::Obstacle& obstacle : links_lacking(plan, *sent, object, unlinked))
      issues.push_back(mapping::words_for(obstacle, entry.subject));
  if (!unlinked.empty()) {
    mapping::Billing billing = mapping::billing_from(plan.billing_json);
    billing.unlinked = unlinked;
    link.billing_json = mapping::to_json(billing);
  }
  const auto known = qbo::known_from(*entity, object);
  std::vector<verdict::IssueWords> warnings = plan.warnings;
  if (const auto tax = mapping::tax_difference(plan.host_tax, object))
    warnings.push_back(mapping::words_for(*tax, entry.subject));
  // Switched off in QuickBooks since its preferences were read.
  if (sent && mapping::drops_classes(*sent, object))
    warnings.push_back(mapping::words_for(
        {mapping::ObstacleKind::class_tracking_off, settings_.class_attribute, "", "", "", {}},
        entry.subject));
  const auto receipts =
      receipts_that_may_take_more(links_, plan.subject, plan.order_subject, link.billing_json);
  std::vector<std::string> over;
  const std::string note = std::string(seal.entity_id.empty() ? "created" : "updated") +
                           (plan.note.empty() ? "" : "; " + plan.note);
  bool open = true;
  store_.write([&](store::Connection& db) {
    Outbox::answered(db, seal.id, surroundings_.now());
    // Closed meanwhile, by a person who perhaps moved on to another company, in which the Ids of
    // this one mean something else. A later version finds the document by number and marker.
    open = issues.empty() ? Outbox::settle(db, entry.id, note, surroundings_.now())
                          : outbox::is_open(Outbox::find(db, entry.id)->state);
    if (!open) return;
    links::Links::put(db, link);
    look_again_at(db, receipts, surroundings_.now());
    order_is_touched(db, plan.order_subject, surroundings_.now());
    if (known) directory::Directory::put(db, *known);
    over = renew_warnings(db, entry.subject, warnings, surroundings_.now());
  });
  for (const verdict::IssueWords& words : warnings)
    surroundings_.raised(words);
  for (const std::string& cause : over)
    surroundings_.closed(cause);
  if (open && !issues.empty()) block(entry, issues);
}

// A later version of the document is written anew, under another Id.
void Delivery::settle_removed(const Entry& entry, const Seal& seal) {
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  const auto receipts = receipts_that_may_take_more(links_, plan.subject, plan.order_subject, "");
  std::vector<std::string> over;
  store_.write([&](store::Connection& db) {
    Outbox::answered(db, seal.id, surroundings_.now());
    if (!Outbox::settle(db, entry.id, "deleted", surroundings_.now())) return;
    links::Links::remove(db, plan.subject);
    look_again_at(db, receipts, surroundings_.now());
    order_is_touched(db, plan.order_subject, surroundings_.now());
    directory::Directory::remove(db, *qbo::entity_from_json_name(seal.entity), seal.entity_id);
    over = renew_warnings(db, entry.subject, {}, surroundings_.now());
  });
  for (const std::string& cause : over)
    surroundings_.closed(cause);
}

// A cancelled order that somebody deleted in QuickBooks, or we did and never heard of it.
void Delivery::settle_gone(const Entry& entry, qbo::Entity entity, const std::string& id) {
  store_.write([&](store::Connection& db) {
    if (!Outbox::settle(db, entry.id, "nothing to do: QuickBooks does not have it any more",
                        surroundings_.now()))
      return;
    links::Links::remove(db, entry.subject);
    directory::Directory::remove(db, entity, id);
  });
}

void Delivery::settle_known(const Entry& entry, const mapping::Known& known) {
  links::Link link;
  link.subject = entry.subject;
  link.entity = std::string(qbo::json_name(known.known.entity));
  link.entity_id = known.known.id;
  link.sync_token = known.known.sync_token;
  link.host_name = known.host_name;
  link.written_at = surroundings_.now();
  store_.write([&](store::Connection& db) {
    const auto old = links::Links::find(db, entry.subject);
    if (!old || old->entity_id != link.entity_id) links::Links::put(db, link);
    Outbox::settle(db, entry.id, "found in QuickBooks", surroundings_.now());
  });
}

void Delivery::settle_nothing(const Entry& entry, const std::string& reason) {
  store_.write([&](store::Connection& db) {
    Outbox::settle(db, entry.id, "nothing to do: " + reason, surroundings_.now());
  });
}

void Delivery::block(const Entry& entry, const std::vector<verdict::IssueWords>& issues) {
  store_.write([&](store::Connection& db) {
    std::vector<std::int64_t> ids;
    for (const verdict::IssueWords& words : issues) {
      const std::int64_t id = inbox::Inbox::raise(db, words, surroundings_.now());
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    Outbox::block(db, entry.id, ids);
  });
  for (const verdict::IssueWords& words : issues)
    surroundings_.raised(words);
}

} // namespace qb::delivery
