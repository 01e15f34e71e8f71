#include "commands/groups.hpp"

#include "outbox/outbox.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <charconv>

namespace qb::commands {
namespace {

constexpr int rows_shown_max = 100'000;

using outbox::Attempt;
using outbox::Entry;
using outbox::State;

qbo::Value instant_or_null(erp::Instant instant) {
  return instant == 0 ? qbo::Value() : qbo::Value(erp::to_rfc3339(instant));
}

qbo::Value json_of(const Entry& entry) {
  qbo::Value out = qbo::Value::object();
  out.set("id", number(entry.id))
      .set("event_id", entry.event_id)
      .set("kind", entry.kind)
      .set("subject", entry.subject)
      .set("state", outbox::to_string(entry.state))
      .set("attempts", number(entry.attempts))
      .set("next_attempt_at", entry.state == State::queued || entry.state == State::claimed
                                  ? instant_or_null(entry.due_at)
                                  : qbo::Value())
      .set("issue_id",
           entry.state == State::blocked && entry.issue_id ? number(*entry.issue_id) : qbo::Value())
      .set("derived", entry.derived)
      .set("note", text_or_null(entry.note))
      .set("recorded_at", instant_or_null(entry.recorded_at))
      .set("settled_at", instant_or_null(entry.settled_at.value_or(0)));
  return out;
}

qbo::Value json_of(const Attempt& attempt) {
  qbo::Value out = qbo::Value::object();
  out.set("started_at", instant_or_null(attempt.started_at))
      .set("duration_ms", number(attempt.duration_ms))
      .set("cause", attempt.cause)
      .set("outcome", attempt.outcome)
      .set("verdict", attempt.verdict)
      .set("http_status", number(attempt.http_status))
      .set("code", text_or_null(attempt.code))
      .set("intuit_tid", text_or_null(attempt.intuit_tid))
      .set("request_id", text_or_null(attempt.request_id))
      .set("words", text_or_null(attempt.words));
  return out;
}

std::string list(Workshop& workshop, bool json, bool open_only) {
  const auto entries = workshop.rooms().outbox.list(open_only, rows_shown_max);
  if (json) {
    qbo::Value out = qbo::Value::array();
    for (const Entry& entry : entries)
      out.push(json_of(entry));
    return qbo::write(out) + "\n";
  }
  if (entries.empty()) return open_only ? "Nothing waits.\n" : "The outbox is empty.\n";
  std::vector<std::vector<std::string>> rows = {
      {"ID", "SUBJECT", "KIND", "STATE", "TRIES", "NOTE"}};
  for (const Entry& entry : entries)
    rows.push_back({std::to_string(entry.id), entry.subject, entry.kind,
                    outbox::to_string(entry.state), std::to_string(entry.attempts),
                    entry.issue_id && entry.state == State::blocked
                        ? "issue " + std::to_string(*entry.issue_id)
                        : entry.note});
  return table(rows);
}

// An entry's id, or a subject: then all entries of it.
std::vector<Entry> named(const outbox::Outbox& outbox, const std::string& name) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error == std::errc() && end == name.data() + name.size()) {
    if (auto entry = outbox.find(id)) return {*entry};
  } else if (auto entries = outbox.of_subject(name); !entries.empty()) {
    return entries;
  }
  throw erp::Failure{ERP_E_NOT_FOUND,
                     "The outbox has no entry \"" + name +
                         "\". Give an id or a subject such as purchase_order/1042."};
}

std::string show(Workshop& workshop, const std::string& name, bool json) {
  const Rooms rooms = workshop.rooms();
  const auto entries = named(rooms.outbox, name);
  qbo::Value out = qbo::Value::array();
  std::string text;
  for (const Entry& entry : entries) {
    qbo::Value attempts = qbo::Value::array();
    text += "Entry " + std::to_string(entry.id) + ": " + entry.subject + " (" + entry.kind + "), " +
            outbox::to_string(entry.state) + (entry.note.empty() ? "" : ", " + entry.note) + "\n" +
            "  recorded " + erp::to_rfc3339(entry.recorded_at) + ", event " + entry.event_id + "\n";
    if (entry.state == State::blocked && entry.issue_id)
      text += "  held up by issue " + std::to_string(*entry.issue_id) + ": see inbox show " +
              std::to_string(*entry.issue_id) + "\n";
    if (entry.waits_for != 0) text += "  waits for entry " + std::to_string(entry.waits_for) + "\n";
    for (const Attempt& attempt : rooms.outbox.attempts_of(entry.id)) {
      attempts.push(json_of(attempt));
      text += "  " + erp::to_rfc3339(attempt.started_at) + " " + attempt.cause + ": " +
              attempt.outcome + ", " + attempt.verdict +
              (attempt.code.empty() ? "" : ", code " + attempt.code) +
              (attempt.intuit_tid.empty() ? "" : ", intuit_tid " + attempt.intuit_tid) + ", " +
              std::to_string(attempt.duration_ms) + " ms" +
              (attempt.words.empty() ? "" : ": " + attempt.words) + "\n";
    }
    qbo::Value item = json_of(entry);
    item.set("attempts_made", std::move(attempts));
    if (const auto link = rooms.links.find(entry.subject)) {
      qbo::Value value = qbo::Value::object();
      value.set("entity", link->entity)
          .set("entity_id", link->entity_id)
          .set("doc_number", text_or_null(link->doc_number))
          .set("host_total", text_or_null(link->host_total))
          .set("document_total", text_or_null(link->document_total));
      item.set("link", std::move(value));
      text += "  is " + link->entity + " " + link->entity_id + " in QuickBooks" +
              (link->doc_number.empty() ? "" : ", number " + link->doc_number);
      if (!link->document_total.empty())
        text +=
            ", total " + link->document_total +
            (link->host_total == link->document_total ? ""
                                                      : " (here exactly " + link->host_total + ")");
      text += "\n";
    }
    out.push(std::move(item));
  }
  if (!json) return text;
  return qbo::write(entries.size() == 1 && out.items() ? out.items()->front() : out) + "\n";
}

std::string discard(Workshop& workshop, const std::vector<std::string>& names, bool all,
                    const std::optional<std::string>& reason, const Call& call) {
  if (!reason || reason->empty())
    throw erp::Failure{ERP_E_INVALID,
                       "Discarding needs a reason: outbox discard ID... --reason TEXT"};
  const Rooms rooms = workshop.rooms();
  std::vector<Entry> entries;
  if (all) entries = rooms.outbox.list(true, rows_shown_max);
  for (const std::string& name : names)
    for (Entry& entry : named(rooms.outbox, name))
      entries.push_back(std::move(entry));
  int count = 0;
  std::vector<std::int64_t> closed;
  const std::string note =
      "discarded by " + (call.actor.empty() ? "somebody" : call.actor) + ": " + *reason;
  rooms.store.write([&](store::Connection& db) {
    for (const Entry& entry : entries)
      if (is_open(entry.state))
        count += outbox::Outbox::discard(db, entry.id, note, rooms.services.now()) ? 1 : 0;
    closed = inbox::Inbox::resolve_orphans(db, note, rooms.services.now());
  });
  for (const std::int64_t id : closed)
    if (const auto issue = rooms.inbox.find(id)) workshop.issue_closed(issue->words.cause);
  return std::to_string(count) + " discarded.\n";
}

} // namespace

std::string outbox(Workshop& workshop, Words words, const Call& call) {
  static const char* usage = "outbox list [--open] [--json] | outbox show ID|SUBJECT [--json] | "
                             "outbox discard ID...|--all --reason TEXT";
  const bool json = words.flag("--json");
  const bool open_only = words.flag("--open");
  const bool all = words.flag("--all");
  const auto reason = words.value("--reason");
  std::vector<std::string> rest = words.rest(usage);
  if (rest.size() == 1 && rest[0] == "list") return list(workshop, json, open_only);
  if (rest.size() == 2 && rest[0] == "show") return show(workshop, rest[1], json);
  if (!rest.empty() && rest[0] == "discard" && (all || rest.size() > 1))
    return discard(workshop, {rest.begin() + 1, rest.end()}, all, reason, call);
  throw erp::Failure{ERP_E_INVALID, std::string("Usage: ") + usage};
}

} // namespace qb::commands
