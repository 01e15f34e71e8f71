#include "commands/groups.hpp"

#include "outbox/outbox.hpp"
#include "outbox/pages.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <charconv>

namespace qb::commands {
namespace {

constexpr std::int64_t rows_shown = 50; // unless a limit is given; of JSON all

using outbox::Attempt;
using outbox::Entry;
using outbox::Pages;
using outbox::State;
using outbox::Wanted;

qbo::Value instant_or_null(erp::Instant instant) {
  return instant == 0 ? qbo::Value() : qbo::Value(erp::to_rfc3339(instant));
}

qbo::Value json_of(const Entry& entry, std::int64_t attempts_made) {
  qbo::Value out = qbo::Value::object();
  out.set("id", number(entry.id))
      .set("event_id", entry.event_id)
      .set("kind", entry.kind)
      .set("subject", entry.subject)
      .set("state", outbox::to_string(entry.state))
      .set("attempts", number(attempts_made))
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

// The newest `limit`, newest last.
std::vector<outbox::Row> newest(const Pages& pages, const Wanted& wanted, std::int64_t limit) {
  std::vector<outbox::Row> rows;
  for (std::int64_t before = Pages::newest; before != 0;) {
    outbox::Page page = pages.before(wanted, before);
    for (outbox::Row& row : page.rows) {
      if (static_cast<std::int64_t>(rows.size()) == limit) break;
      rows.push_back(std::move(row));
    }
    before = static_cast<std::int64_t>(rows.size()) == limit ? 0 : page.next_before;
  }
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::string none_of(const Wanted& wanted) {
  const std::string about = wanted.subject.empty() ? "" : " of " + wanted.subject;
  if (wanted.state) return "No entry" + about + " is " + outbox::to_string(*wanted.state) + ".\n";
  if (wanted.open_only) return "Nothing" + about + " waits.\n";
  return about.empty() ? "The outbox is empty.\n" : "The outbox has nothing" + about + ".\n";
}

std::string list(Workshop& workshop, bool json, const Wanted& wanted,
                 std::optional<std::int64_t> limit) {
  const Pages pages(workshop.rooms().store);
  const std::int64_t at_most = limit.value_or(json ? 0 : rows_shown);
  const auto rows = newest(pages, wanted, at_most == 0 ? Pages::newest : at_most);
  if (json) {
    std::string out;
    for (const outbox::Row& row : rows)
      out += (out.empty() ? "[" : ",") + qbo::write(json_of(row.entry, row.attempts_made));
    return out.empty() ? "[]\n" : out + "]\n";
  }
  if (rows.empty()) return none_of(wanted);
  std::vector<std::vector<std::string>> cells = {
      {"ID", "SUBJECT", "KIND", "STATE", "TRIES", "NOTE"}};
  for (const auto& [entry, attempts_made] : rows)
    cells.push_back({std::to_string(entry.id), entry.subject, entry.kind,
                     outbox::to_string(entry.state), std::to_string(attempts_made),
                     entry.issue_id && entry.state == State::blocked
                         ? "issue " + std::to_string(*entry.issue_id)
                         : entry.note});
  const std::int64_t more = pages.count(wanted) - static_cast<std::int64_t>(rows.size());
  return table(cells) +
         (more > 0 ? std::to_string(more) + (more == 1 ? " older one is" : " older ones are") +
                         " not shown; --limit 0 shows all.\n"
                   : "");
}

State state_named(const std::string& name) {
  std::vector<std::string> names;
  names.reserve(outbox::all_states.size());
  for (const State state : outbox::all_states)
    names.emplace_back(outbox::to_string(state));
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw erp::Failure{ERP_E_INVALID, unknown("state", name, names)};
  return outbox::state_from(name);
}

std::int64_t limit_from(const std::string& text) {
  std::int64_t limit = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 0)
    throw erp::Failure{ERP_E_INVALID,
                       "--limit \"" + text + "\" is no number of rows, such as 200; 0 shows all."};
  return limit;
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
    const auto made = rooms.outbox.attempts_of(entry.id);
    for (const Attempt& attempt : made) {
      attempts.push(json_of(attempt));
      text += "  " + erp::to_rfc3339(attempt.started_at) + " " + attempt.cause + ": " +
              attempt.outcome + ", " + attempt.verdict +
              (attempt.code.empty() ? "" : ", code " + attempt.code) +
              (attempt.intuit_tid.empty() ? "" : ", intuit_tid " + attempt.intuit_tid) + ", " +
              std::to_string(attempt.duration_ms) + " ms" +
              (attempt.words.empty() ? "" : ": " + attempt.words) + "\n";
    }
    qbo::Value item = json_of(entry, static_cast<std::int64_t>(made.size()));
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

std::vector<std::int64_t> open_ids(const std::vector<Entry>& entries) {
  std::vector<std::int64_t> ids;
  for (const Entry& entry : entries)
    if (is_open(entry.state)) ids.push_back(entry.id);
  return ids;
}

std::string discard(Workshop& workshop, const std::vector<std::string>& names, bool all,
                    const std::optional<std::string>& reason, const Call& call) {
  if (!reason || reason->empty())
    throw erp::Failure{ERP_E_INVALID,
                       "Discarding needs a reason: outbox discard ID... --reason TEXT"};
  const Rooms rooms = workshop.rooms();
  const std::string note =
      "discarded by " + (call.actor.empty() ? "somebody" : call.actor) + ": " + *reason;
  std::vector<std::int64_t> ids;
  for (const std::string& name : names)
    for (const std::int64_t id : open_ids(named(rooms.outbox, name)))
      ids.push_back(id);
  int count = ids.empty() ? 0 : discard_page(rooms, ids, note);
  if (all) {
    const Pages pages(rooms.store);
    for (std::int64_t before = Pages::newest; before != 0;) {
      const outbox::Page page = pages.before({.open_only = true}, before);
      ids.clear();
      for (const outbox::Row& row : page.rows)
        ids.push_back(row.entry.id);
      count += ids.empty() ? 0 : discard_page(rooms, ids, note);
      before = page.next_before;
    }
  }
  std::vector<std::int64_t> closed;
  rooms.store.write([&](store::Connection& db) {
    closed = inbox::Inbox::resolve_orphans(db, note, rooms.services.now());
  });
  for (const std::int64_t id : closed)
    if (const auto issue = rooms.inbox.find(id)) workshop.issue_closed(issue->words.cause);
  return std::to_string(count) + " discarded.\n";
}

// The newest state of a subject once more, as if the host had just told it.
void hand_over_again(const Rooms& rooms, const std::string& name) {
  const auto entries = named(rooms.outbox, name);
  const auto of_subject = rooms.outbox.of_subject(entries.back().subject);
  for (const Entry& entry : of_subject)
    if (is_open(entry.state))
      throw erp::Failure{ERP_E_CONFLICT, entry.subject + " is on its way already: entry " +
                                             std::to_string(entry.id) + " is " +
                                             outbox::to_string(entry.state) + "."};
  Entry again = *outbox::newest_of(of_subject);
  again.event_id += "/again-" + std::to_string(rooms.services.now());
  again.cause = outbox::Cause::person;
  again.due_at = again.recorded_at = rooms.services.now();
  rooms.store.write(
      [&](store::Connection& db) { outbox::Outbox::record(db, again, /*supersedes=*/false); });
}

std::string again(Workshop& workshop, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    hand_over_again(workshop.rooms(), name);
  workshop.deliver_soon();
  return std::to_string(names.size()) +
         " handed over again; what is unchanged in QuickBooks is settled as nothing to do.\n";
}

} // namespace

erp::Failure nothing_recorded_of(const std::string& subject) {
  return {ERP_E_NOT_FOUND, "Nothing was recorded of \"" + subject +
                               "\". Give a subject such as purchase_order/1042; outbox list shows "
                               "them."};
}

// The newest first, since closing an older one would let a newer one of its subject go.
int discard_page(const Rooms& rooms, std::vector<std::int64_t> ids, const std::string& note) {
  std::sort(ids.rbegin(), ids.rend());
  int count = 0;
  rooms.store.write([&](store::Connection& db) {
    count = 0;
    for (const std::int64_t id : ids)
      count += outbox::Outbox::discard(db, id, note, rooms.services.now()) ? 1 : 0;
  });
  return count;
}

std::string outbox(Workshop& workshop, Words words, const Call& call) {
  const char* usage = usage_of("outbox");
  const bool json = words.flag("--json");
  const auto limit = words.value("--limit");
  const auto state = words.value("--state");
  const auto subject = words.value("--subject");
  const bool open_only = words.flag("--open");
  const bool all = words.flag("--all");
  const auto reason = words.value("--reason");
  const std::vector<std::string> rest = words.rest(usage);
  const std::vector<std::string> names(rest.empty() ? rest.begin() : rest.begin() + 1, rest.end());
  if (rest.size() == 1 && rest[0] == "list") {
    Wanted wanted{open_only, std::nullopt, subject.value_or("")};
    if (state) wanted.state = state_named(*state);
    return list(workshop, json, wanted,
                limit ? std::optional<std::int64_t>(limit_from(*limit)) : std::nullopt);
  }
  if (rest.size() == 2 && rest[0] == "show") return show(workshop, rest[1], json);
  if (!rest.empty() && rest[0] == "discard" && all == names.empty())
    return discard(workshop, names, all, reason, call);
  if (!rest.empty() && rest[0] == "again" && !names.empty()) return again(workshop, names);
  throw erp::Failure{ERP_E_INVALID,
                     not_understood(rest, {"list", "show", "discard", "again"}, usage)};
}

} // namespace qb::commands
