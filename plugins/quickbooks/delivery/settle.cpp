// How an entry ends: written, found, nothing to do, or blocked.
#include "delivery/deliver.hpp"

#include "core/mapping/line_ids.hpp"
#include "delivery/sealed_plan.hpp"

#include <algorithm>

namespace qb::delivery {

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
  store_.write([&](store::Connection& db) {
    Outbox::answered(db, seal.id, surroundings_.now());
    // Closed meanwhile, by a person who perhaps moved on to another company, in which the Ids of
    // this one mean something else. A later version finds the document by number and marker.
    if (!Outbox::settle(db, entry.id, seal.entity_id.empty() ? "created" : "updated",
                        surroundings_.now()))
      return;
    links::Links::put(db, link);
    if (known) directory::Directory::put(db, *known);
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
