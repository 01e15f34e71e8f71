// "inbox fix": what a person decides about an item or a supplier that cannot be told by its name.
// The decision is kept as a link, so that it is asked for once.
#include "commands/groups.hpp"

#include "core/mapping/plan.hpp"
#include "core/mapping/text.hpp"
#include "delivery/stored_references.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/pages.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace qb::commands {
namespace {

using inbox::Issue;
using mapping::Match;

constexpr const char* reactivate = "reactivate";
constexpr const char* create = "create";
constexpr const char* use_one = "use";
constexpr std::size_t name_characters_max = 200; // of the name in a cause

struct Fixable {
  const char* cause; // and "/" and the name
  qbo::Entity entity;
  std::vector<std::string> fixes;
};

const std::vector<Fixable>& fixables() {
  using enum qbo::Entity;
  static const std::vector<Fixable> all = {{"item_inactive", item, {reactivate, create, use_one}},
                                           {"item_ambiguous", item, {create, use_one}},
                                           {"item_name_taken", item, {use_one}},
                                           {"supplier_inactive", vendor, {reactivate, use_one}},
                                           {"supplier_ambiguous", vendor, {use_one}},
                                           {"supplier_unknown", vendor, {use_one}},
                                           {"supplier_currency", vendor, {use_one}},
                                           {"supplier_name_refused", vendor, {use_one}},
                                           {"supplier_name_taken", vendor, {use_one}}};
  return all;
}

const Fixable* fixable(const Issue& issue) {
  const std::string kind = issue.words.cause.substr(0, issue.words.cause.find('/'));
  for (const Fixable& one : fixables())
    if (kind == one.cause) return &one;
  return nullptr;
}

// A part or a supplier that an issue is about: its subject, and the name it goes by here.
struct Record {
  std::string host_name;
  Match match; // as things stand
};
using Records = std::map<std::string, Record>;

bool is_meant(const std::string& name, const Issue& issue) {
  const std::string shown = mapping::beginning_of(mapping::on_one_line(name), name_characters_max);
  const std::string& cause = issue.words.cause;
  const std::string rest = cause.substr(cause.find('/') + 1);
  // The cause of a wrong currency goes on behind the name.
  return rest == shown || rest.rfind(shown + "/", 0) == 0;
}

class Collector {
 public:
  Collector(const Rooms& rooms, const Issue& issue)
      : rooms_(rooms), issue_(issue), references_(rooms.directory, rooms.links) {}

  Records all() {
    const outbox::Pages pages(rooms_.store);
    std::int64_t after = 0;
    for (auto ids = pages.blocked_by(issue_.id, after); !ids.empty();
         ids = pages.blocked_by(issue_.id, after))
      for (const std::int64_t id : ids) {
        after = id;
        const auto entry = rooms_.outbox.find(id);
        if (!entry) continue;
        if (const auto event = erp::event_from_json(entry->snapshot)) add(*event);
      }
    return std::move(records_);
  }

 private:
  void add(const erp::Event& event) {
    if (const auto* part = std::get_if<erp::Part>(&event.document)) add(*part);
    if (const auto* supplier = std::get_if<erp::Supplier>(&event.document)) add(*supplier);
    if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document)) {
      add(order->supplier);
      for (const erp::PurchaseOrderLine& line : order->lines)
        if (line.part) add(*line.part);
    }
  }
  void add(const erp::Part& part) {
    const std::string name = mapping::item_name(part);
    if (fixable(issue_)->entity == qbo::Entity::item &&
        (is_meant(name, issue_) || is_meant(mapping::quickbooks_item_name(part), issue_)))
      records_["part/" + part.id] = {name, references_.item(part)};
  }
  void add(const erp::Supplier& supplier) {
    const std::string name = mapping::vendor_name(supplier);
    if (fixable(issue_)->entity == qbo::Entity::vendor && is_meant(name, issue_))
      records_["supplier/" + supplier.id] = {name, references_.vendor(supplier)};
  }

  const Rooms& rooms_;
  const Issue& issue_;
  const delivery::StoredReferences references_;
  Records records_;
};

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names)
    out += (out.empty() ? "" : ", ") + ("\"" + name + "\"");
  return out;
}

qbo::Known picked(const Rooms& rooms, qbo::Entity entity, const std::string& name) {
  const std::string thing = entity == qbo::Entity::item ? "item" : "supplier";
  const Match match = rooms.directory.named(entity, name);
  switch (match.result) {
  case Match::Result::found:
    return match.known;
  case Match::Result::inactive:
    throw erp::Failure{ERP_E_INVALID, "The " + thing + " \"" + match.known.name +
                                          "\" is inactive in QuickBooks. Make it active there and "
                                          "run refresh, or pick another."};
  case Match::Result::ambiguous:
    throw erp::Failure{ERP_E_INVALID, "Several have that name: " + listed(match.candidates) +
                                          ". Pick one by its Id in QuickBooks."};
  case Match::Result::missing:
    break;
  }
  if (const auto known = rooms.directory.by_id(entity, name); known && known->active) return *known;
  throw erp::Failure{
      ERP_E_NOT_FOUND,
      "QuickBooks has no active " + thing + " called \"" + name + "\"" +
          (match.candidates.empty() ? "." : "; there are: " + listed(match.candidates) + ".") +
          " If it was added just now, run refresh first."};
}

// An empty Id: a new one is to be made.
void remember(const Rooms& rooms, const Records& records, qbo::Entity entity,
              const qbo::Known& known) {
  rooms.store.write([&](store::Connection& db) {
    for (const auto& [subject, record] : records) {
      links::Link link;
      link.subject = subject;
      link.entity = std::string(qbo::json_name(entity));
      link.entity_id = known.id;
      link.sync_token = known.sync_token;
      link.host_name = record.host_name;
      link.written_at = rooms.services.now();
      links::Links::put(db, link);
    }
  });
}

void reactivate_all(Workshop& workshop, const Records& records, qbo::Entity entity,
                    erp::Instant deadline) {
  for (const auto& [subject, record] : records)
    if (record.match.result == Match::Result::inactive)
      workshop.reactivate(entity, record.match.known.id, deadline);
}

std::string choices(const Issue& issue, const std::string& id,
                    const std::vector<std::string>& fixes, bool json) {
  if (json) {
    qbo::Value out = qbo::Value::array();
    for (const std::string& fix : fixes)
      out.push(fix);
    return qbo::write(out) + "\n";
  }
  std::string out = issue.words.title + "\nChoose one:\n";
  for (const std::string& fix : fixes) {
    if (fix == reactivate) out += "  inbox fix " + id + " reactivate    make it active again\n";
    if (fix == create) out += "  inbox fix " + id + " create    have a new one made\n";
    if (fix == use_one) out += "  inbox fix " + id + " --use NAME-OR-ID    that one is meant\n";
  }
  return out;
}

} // namespace

Issue issue_named(const Rooms& rooms, const std::string& name) {
  std::int64_t id = 0;
  const char* begin = name.data() + (name.rfind('#', 0) == 0 ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, name.data() + name.size(), id);
  if (error == std::errc() && end == name.data() + name.size())
    if (auto issue = rooms.inbox.find(id)) return *issue;
  throw erp::Failure{ERP_E_NOT_FOUND, "The inbox has no issue \"" + name + "\". See: inbox list"};
}

std::vector<std::string> fixes_of(const Issue& issue) {
  const Fixable* const one = fixable(issue);
  return one && issue.state == inbox::State::open ? one->fixes : std::vector<std::string>();
}

std::string fix(Workshop& workshop, const std::vector<std::string>& names,
                const std::optional<std::string>& use, bool json, const Call& call) {
  const Rooms rooms = workshop.rooms();
  const Issue issue = issue_named(rooms, names.front());
  const std::vector<std::string> fixes = fixes_of(issue);
  if (fixes.empty())
    throw erp::Failure{ERP_E_INVALID, issue.state == inbox::State::open
                                          ? "Issue " + names.front() +
                                                " cannot be fixed from here. " + issue.words.remedy
                                          : "Issue " + names.front() + " is closed already."};
  const std::string id = std::to_string(issue.id);
  const std::string wanted = use ? use_one : names.size() > 1 ? names[1] : "";
  if (wanted.empty()) return choices(issue, id, fixes, json);
  const bool known = std::find(fixes.begin(), fixes.end(), wanted) != fixes.end();
  if (!known || names.size() > (use ? 1u : 2u) || (wanted == use_one && !use))
    throw erp::Failure{ERP_E_INVALID, choices(issue, id, fixes, false)};

  const qbo::Entity entity = fixable(issue)->entity;
  const Records records = Collector(rooms, issue).all();
  if (records.empty())
    throw erp::Failure{ERP_E_CONFLICT, "The documents of issue " + names.front() +
                                           " are on their way again. Deliver first; if they are "
                                           "blocked again, fix then."};
  if (wanted == reactivate)
    reactivate_all(workshop, records, entity, call.deadline);
  else
    remember(rooms, records, entity, use ? picked(rooms, entity, *use) : qbo::Known());
  int count = 0;
  rooms.store.write([&](store::Connection& db) {
    count = outbox::Outbox::unblock(db, issue.id, outbox::Cause::person, rooms.services.now());
  });
  workshop.deliver_soon();
  if (json) {
    qbo::Value out = qbo::Value::object();
    out.set("fix", wanted).set("documents", number(count));
    return qbo::write(out) + "\n";
  }
  return "It is remembered; " + std::to_string(count) +
         (count == 1 ? " document goes" : " documents go") + " out with the next delivery.\n";
}

} // namespace qb::commands
