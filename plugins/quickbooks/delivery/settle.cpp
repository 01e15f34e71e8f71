// How an entry ends: written, found, nothing to do, or blocked.
#include "delivery/deliver.hpp"

#include "core/mapping/line_ids.hpp"
#include "core/mapping/words.hpp"
#include "delivery/sealed_plan.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

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

} // namespace

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;

void Delivery::settle_written(const Entry& entry, const Seal& seal, const qbo::Value& object) {
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const auto sent = qbo::read(seal.body);
  links::Link link;
  link.subject = entry.subject;
  link.entity = seal.entity;
  link.entity_id = object.text_of("Id");
  link.sync_token = object.text_of("SyncToken");
  link.doc_number = object.text_of("DocNumber");
  link.host_name = plan.host_name;
  link.fingerprint = plan.fingerprint;
  link.answer = qbo::write(object);
  if (sent && !plan.line_ids.empty())
    link.line_ids_json = mapping::line_ids_from(object, plan.line_ids, *sent);
  link.version = plan.version;
  link.host_total = plan.host_total;
  link.document_total = plan.document_total;
  link.written_at = surroundings_.now();
  const auto known = qbo::known_from(*entity, object);
  std::vector<verdict::IssueWords> warnings = plan.warnings;
  if (const auto tax = mapping::tax_difference(plan.host_tax, object))
    warnings.push_back(mapping::words_for(*tax, entry.subject));
  std::vector<std::string> over;
  store_.write([&](store::Connection& db) {
    Outbox::answered(db, seal.id, surroundings_.now());
    // Closed meanwhile, by a person who perhaps moved on to another company, in which the Ids of
    // this one mean something else. A later version finds the document by number and marker.
    if (!Outbox::settle(db, entry.id, seal.entity_id.empty() ? "created" : "updated",
                        surroundings_.now()))
      return;
    links::Links::put(db, link);
    if (known) directory::Directory::put(db, *known);
    over = renew_warnings(db, entry.subject, warnings, surroundings_.now());
  });
  for (const verdict::IssueWords& words : warnings)
    surroundings_.raised(words);
  for (const std::string& cause : over)
    surroundings_.closed(cause);
}

// A later version of the document is written anew, under another Id.
void Delivery::settle_removed(const Entry& entry, const Seal& seal) {
  qbo::Known gone;
  gone.entity = *qbo::entity_from_json_name(seal.entity);
  gone.id = seal.entity_id;
  gone.deleted = true;
  std::vector<std::string> over;
  store_.write([&](store::Connection& db) {
    Outbox::answered(db, seal.id, surroundings_.now());
    if (!Outbox::settle(db, entry.id, "deleted", surroundings_.now())) return;
    links::Links::remove(db, entry.subject);
    directory::Directory::put(db, gone);
    over = renew_warnings(db, entry.subject, {}, surroundings_.now());
  });
  for (const std::string& cause : over)
    surroundings_.closed(cause);
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
