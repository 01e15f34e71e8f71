#include "commands/groups.hpp"
#include "delivery/run.hpp"

#include "delivery/stored_references.hpp"
#include "inbox/inbox.hpp"
#include "outbox/pages.hpp"
#include "store/database.hpp"

#include <algorithm>

namespace qb::commands {
namespace {

using inbox::Issue;
using inbox::State;

// Of a long list a terminal shows the beginning.
constexpr std::size_t subjects_shown_max = 20;

struct Held {
  std::vector<std::string> subjects;
  std::vector<outbox::Sum> sums;
};

// What an issue keeps from QuickBooks. Trouble with the company as a whole blocks no entry, it
// keeps back all that waits.
Held held_by(const Rooms& rooms, const Issue& issue) {
  if (!inbox::holds_company(issue))
    return {rooms.outbox.subjects_of_issue(issue.id), rooms.outbox.sums_of_issue(issue.id)};
  if (issue.state != State::open) return {};
  return {rooms.outbox.subjects_waiting(), rooms.outbox.sums_waiting()};
}

qbo::Value json_of(const Rooms& rooms, const Issue& issue) {
  const Held held = held_by(rooms, issue);
  qbo::Value documents = qbo::Value::array();
  qbo::Value amounts = qbo::Value::array();
  for (const std::string& subject : held.subjects)
    documents.push(subject);
  for (const auto& sum : held.sums) {
    qbo::Value amount = qbo::Value::object();
    amount.set("currency", sum.currency).set("amount", sum.amount.to_string());
    amounts.push(std::move(amount));
  }
  qbo::Value fixes = qbo::Value::array();
  for (const std::string& fix : fixes_of(issue))
    fixes.push(fix);
  qbo::Value out = qbo::Value::object();
  out.set("id", number(issue.id))
      .set("state", inbox::to_string(issue.state))
      .set("cause", issue.words.cause)
      .set("title", issue.words.title)
      .set("quickbooks_says", text_or_null(issue.words.quickbooks_says))
      .set("meaning", issue.words.meaning)
      .set("remedy", issue.words.remedy)
      .set("documents", std::move(documents))
      .set("amounts", std::move(amounts))
      .set("code", text_or_null(issue.words.code))
      .set("intuit_tid", text_or_null(issue.words.intuit_tid))
      .set("raised_at", erp::to_rfc3339(issue.raised_at))
      .set("fixes", std::move(fixes))
      .set("times", number(issue.times))
      .set("closed_note", text_or_null(issue.closed_note));
  return out;
}

std::string text_of(const Rooms& rooms, const Issue& issue) {
  std::string out =
      "#" + std::to_string(issue.id) + " " + issue.words.title +
      (issue.state == State::open ? "" : std::string(" (") + to_string(issue.state) + ")") + "\n";
  if (!issue.words.quickbooks_says.empty())
    out += wrapped("QuickBooks says: " + issue.words.quickbooks_says, "   ");
  out += wrapped("What it means: " + issue.words.meaning, "   ");
  out += wrapped("What to do: " + issue.words.remedy, "   ");
  const Held held = held_by(rooms, issue);
  std::string holds;
  for (std::size_t i = 0; i < std::min(held.subjects.size(), subjects_shown_max); ++i)
    holds += (holds.empty() ? "" : ", ") + held.subjects[i];
  if (held.subjects.size() > subjects_shown_max)
    holds += " and " + std::to_string(held.subjects.size() - subjects_shown_max) + " more";
  std::string worth;
  for (const auto& sum : held.sums)
    worth += (worth.empty() ? "" : ", ") + sum.amount.to_string() + " " + sum.currency;
  if (!holds.empty())
    out += wrapped("Holds up: " + holds + (worth.empty() ? "" : " (" + worth + ")"), "   ");
  if (!issue.closed_note.empty()) out += wrapped("Closed: " + issue.closed_note, "   ");
  std::string small;
  if (!issue.words.code.empty()) small += "code " + issue.words.code + " ";
  if (!issue.words.intuit_tid.empty()) small += "intuit_tid " + issue.words.intuit_tid;
  if (!small.empty()) out += "   (" + small + ")\n";
  return out;
}

std::string list(Workshop& workshop, bool json, bool all) {
  const Rooms rooms = workshop.rooms();
  const auto issues = rooms.inbox.list(!all);
  if (json) {
    qbo::Value out = qbo::Value::array();
    for (const Issue& issue : issues)
      out.push(json_of(rooms, issue));
    return qbo::write(out) + "\n";
  }
  if (issues.empty()) return "Nothing needs a person.\n";
  std::string out;
  for (const Issue& issue : issues)
    out += (out.empty() ? "" : "\n") + text_of(rooms, issue);
  return out;
}

std::vector<Issue> chosen(const Rooms& rooms, const std::vector<std::string>& names, bool all) {
  if (all) return rooms.inbox.list(true);
  std::vector<Issue> out;
  out.reserve(names.size());
  for (const std::string& name : names)
    out.push_back(issue_named(rooms, name));
  return out;
}

// Asked for by number, a document that was deleted in QuickBooks is written anew.
void forget_gone(store::Connection& db, const Issue& issue) {
  constexpr std::string_view prefix = inbox::gone_prefix;
  if (issue.words.cause.rfind(prefix, 0) == 0)
    links::Links::forget_entity(db, issue.words.cause.substr(prefix.size()));
}

// A person's choice for the bills that an issue holds up because of a closed period.
void choose_next_open_day(const Rooms& rooms, const std::vector<Issue>& issues) {
  for (const Issue& issue : issues)
    if (issue.words.cause.rfind("period_closed", 0) != 0)
      throw erp::Failure{ERP_E_INVALID, "Issue " + std::to_string(issue.id) +
                                            " is not about a closed period; leave "
                                            "--next-open-day out."};
  std::vector<std::string> subjects;
  for (const Issue& issue : issues)
    for (const std::string& subject : held_by(rooms, issue).subjects)
      subjects.push_back(subject);
  rooms.store.write([&](store::Connection& db) {
    for (const std::string& subject : subjects)
      directory::Directory::put_fact(db, delivery::StoredReferences::next_open_day_prefix + subject,
                                     "true");
  });
}

std::string retry(Workshop& workshop, const std::vector<std::string>& names, bool all,
                  bool next_open_day, bool json, const Call& call) {
  const Rooms rooms = workshop.rooms();
  const auto issues = chosen(rooms, names, all);
  if (next_open_day) choose_next_open_day(rooms, issues);
  std::string read_note;
  std::size_t count = 0; // a refresh may set some of them going already
  for (const Issue& issue : issues)
    if (issue.state == State::open) count += held_by(rooms, issue).subjects.size();
  for (const Issue& issue : issues)
    if (issue.words.curable_in_quickbooks) {
      // The cure lies in QuickBooks: see what changed there first.
      try {
        workshop.refresh(false, call.deadline);
      } catch (const erp::Failure& failure) {
        read_note = " " + failure.message;
      }
      break;
    }
  rooms.store.write([&](store::Connection& db) {
    for (const Issue& issue : issues)
      if (issue.state == State::open) {
        if (!all) forget_gone(db, issue);
        outbox::Outbox::unblock(db, issue.id, outbox::Cause::person, rooms.services.now());
      }
  });
  if (std::any_of(issues.begin(), issues.end(), inbox::holds_company))
    delivery::lift_company_hold(rooms.store);
  workshop.deliver_soon();
  if (json) {
    qbo::Value out = qbo::Value::object();
    out.set("issues", number(static_cast<std::int64_t>(issues.size())))
        .set("documents", number(static_cast<std::int64_t>(count)));
    return qbo::write(out) + "\n";
  }
  return std::to_string(issues.size()) + (issues.size() == 1 ? " issue is" : " issues are") +
         " looked at anew; the documents go out with the next delivery." + read_note + "\n";
}

std::string skip(Workshop& workshop, const std::vector<std::string>& names,
                 const std::optional<std::string>& reason, bool json, const Call& call) {
  if (!reason || reason->empty())
    throw erp::Failure{ERP_E_INVALID, "Skipping needs a reason: inbox skip ID... --reason TEXT"};
  const Rooms rooms = workshop.rooms();
  const std::string note =
      "skipped by " + (call.actor.empty() ? "somebody" : call.actor) + ": " + *reason;
  int count = 0;
  for (const std::string& name : names) {
    const Issue issue = issue_named(rooms, name);
    if (issue.state != State::open)
      throw erp::Failure{ERP_E_CONFLICT, "Issue " + name + " is closed already."};
    const outbox::Pages pages(rooms.store);
    std::vector<std::int64_t> entries = pages.blocked_by(issue.id, 0);
    // A retry, a refresh or a changed setting set them going a moment ago: skipping now would skip
    // nothing.
    if (entries.empty() && !issue.standing)
      throw erp::Failure{ERP_E_CONFLICT,
                         "The documents of issue " + name +
                             " are on their way again. Deliver first; if they are "
                             "blocked again, skip then. Or give them up for good: outbox "
                             "discard ID --reason TEXT."};
    for (; !entries.empty(); entries = pages.blocked_by(issue.id, entries.back()))
      count += discard_page(rooms, entries, note);
    rooms.store.write([&](store::Connection& db) {
      inbox::Inbox::skip(db, issue.id, note, rooms.services.now());
    });
    workshop.issue_closed(issue.words.cause);
  }
  if (json) {
    qbo::Value out = qbo::Value::object();
    out.set("issues", number(static_cast<std::int64_t>(names.size())))
        .set("documents", number(count));
    return qbo::write(out) + "\n";
  }
  return std::to_string(count) + (count == 1 ? " document" : " documents") +
         " will not go to QuickBooks.\n";
}

} // namespace

std::string inbox(Workshop& workshop, Words words, const Call& call) {
  const char* usage = usage_of("inbox");
  const bool json = words.flag("--json");
  const bool all = words.flag("--all");
  const bool next_open_day = words.flag("--next-open-day");
  const auto reason = words.value("--reason");
  const auto use = words.value("--use");
  const std::vector<std::string> rest = words.rest(usage);
  const std::vector<std::string> names(rest.empty() ? rest.begin() : rest.begin() + 1, rest.end());
  if (rest.size() == 1 && rest[0] == "list") return list(workshop, json, all);
  if (rest.size() == 2 && rest[0] == "show") {
    const Rooms rooms = workshop.rooms();
    const Issue issue = issue_named(rooms, rest[1]);
    return json ? qbo::write(json_of(rooms, issue)) + "\n" : text_of(rooms, issue);
  }
  if (!rest.empty() && rest[0] == "retry" && (all != !names.empty()))
    return retry(workshop, names, all, next_open_day, json, call);
  if (!rest.empty() && rest[0] == "skip" && !names.empty())
    return skip(workshop, names, reason, json, call);
  if (!rest.empty() && rest[0] == "fix" && !names.empty())
    return fix(workshop, names, use, json, call);
  throw erp::Failure{ERP_E_INVALID,
                     not_understood(rest, {"list", "show", "retry", "skip", "fix"}, usage)};
}

} // namespace qb::commands
