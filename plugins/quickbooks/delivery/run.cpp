#include "delivery/run.hpp"

#include "delivery/tuning.hpp"

#include <algorithm>
#include <charconv>

namespace qb::delivery {
namespace {

constexpr const char* held_until_fact = "held_until";
constexpr const char* unreachable_rounds_fact = "unreachable_rounds";

int unreachable_rounds(const directory::Directory& directory) {
  int rounds = 0;
  const std::string text = directory.fact(unreachable_rounds_fact).value_or("0");
  std::from_chars(text.data(), text.data() + text.size(), rounds);
  return rounds;
}

erp::Instant fact_instant(const directory::Directory& directory, const char* name) {
  return erp::parse_instant(directory.fact(name).value_or("")).value_or(0);
}

// Until when nothing may be sent; 0: it may. A clock that was ahead has held it too long.
erp::Instant held(const directory::Directory& directory, erp::Instant now) {
  const erp::Instant until = fact_instant(directory, held_until_fact);
  return until > now && until <= now + pause_max_us ? until : 0;
}

struct Cures {
  bool possible = false;    // something that is blocked may be cured in QuickBooks
  bool preferences = false; // by its preferences
};

Cures cures_of(const inbox::Inbox& inbox) {
  Cures cures;
  for (const inbox::Issue& issue : inbox.list(true)) {
    cures.possible = cures.possible || issue.words.curable_in_quickbooks;
    for (const char* cause : {"currency_not_enabled/", "classes_differ/", "class_tracking_off/",
                              "tax_code_", "period_closed", "bill_in_closed_period/"})
      cures.preferences = cures.preferences || issue.words.cause.rfind(cause, 0) == 0;
    // QuickBooks said so: the closing date has moved since we read it.
    cures.preferences =
        cures.preferences || issue.words.code == "6200" || issue.words.code == "6210";
  }
  return cures;
}

// Whether QuickBooks had to be asked for it.
tl::expected<bool, verdict::Outcome> keep_directory_fresh(const Run& run,
                                                          const directory::Directory& directory) {
  const erp::Instant now = run.surroundings.now();
  const bool filled = directory.fact("filled").value_or("") == "true";
  const Cures cures = cures_of(inbox::Inbox(run.store));
  const erp::Instant age = now - fact_instant(directory, "refreshed_at");
  const bool clock_was_ahead = age < 0;
  // What an earlier version of the plugin did not read.
  const bool preferences = cures.preferences || !directory.fact(directory::class_tracking_fact);
  if (filled && !clock_was_ahead && keeps_what_is_wanted(directory, run.settings) &&
      age < (cures.possible ? changes_every_when_blocked_us : changes_every_us))
    return false;
  const auto refreshed =
      refresh(run.company, run.store, directory, run.settings,
              preferences ? Depth::changes_and_preferences : Depth::changes, now);
  if (!refreshed) return tl::unexpected(refreshed.error());
  if (cures.possible) recheck_curable(run.store, now, now - refused_again_after_us);
  return true;
}

// Of a directory that was never filled the first document takes care.
bool is_a_day_old(const directory::Directory& directory, erp::Instant now) {
  return directory.fact("filled").value_or("") == "true" &&
         now - fact_instant(directory, "refreshed_at") >= changes_every_when_idle_us;
}

void hold(const Run& run, erp::Instant until) {
  run.store.write([&](store::Connection& db) {
    directory::Directory::put_fact(db, held_until_fact, erp::to_rfc3339(until));
  });
}

void tell(const Run& run, const verdict::IssueWords& words) {
  inbox::Inbox(run.store).raise_standing(words, run.surroundings.now(), run.surroundings.raised);
}

// What an outcome that concerns the whole company means for the run.
void follow_company_wide(const Run& run, const verdict::Outcome& outcome, Report& report) {
  const auto verdict =
      verdict_on(outcome, "", run.surroundings.unreachable_rounds, run.surroundings);
  report.words = outcome.words;
  if (std::holds_alternative<verdict::Reconnect>(verdict))
    report.reconnect_needed = true;
  else if (const auto* wait = std::get_if<verdict::Wait>(&verdict)) {
    if (wait->told) tell(run, *wait->told);
    hold(run, wait->until);
  } else if (const auto* blocked = std::get_if<verdict::Block>(&verdict)) {
    // Not even reading is allowed: a person is told, whatever document would have met it first.
    verdict::IssueWords words = blocked->issue;
    if (!verdict::concerns_company(words)) words.cause = "company/" + words.code;
    tell(run, words);
    hold(run, run.surroundings.now() + company_hold_us);
  } else
    hold(run, run.surroundings.now() + verdict::backoff_ms(4, 0) * 1000);
}

// Everything that was due has been looked at: an issue that blocks nothing now has lost its cause.
void close_issues_without_documents(const Run& run) {
  const inbox::Inbox inbox(run.store);
  if (inbox.list(true).empty()) return;
  std::vector<std::int64_t> closed;
  run.store.write([&](store::Connection& db) {
    closed = inbox::Inbox::resolve_orphans(db, "the cause is gone", run.surroundings.now());
  });
  for (const std::int64_t id : closed)
    if (const auto issue = inbox.find(id)) run.surroundings.closed(issue->words.cause);
}

// A clock that was ahead and is right again has reckoned some due times.
void right_due_times(const Run& run) {
  const erp::Instant now = run.surroundings.now();
  if (outbox::Outbox(run.store).any_due_after(now + pause_max_us))
    run.store.write(
        [&](store::Connection& db) { outbox::Outbox::bring_forward(db, now + pause_max_us, now); });
}

void remember_rounds(const Run& run, const directory::Directory& directory, bool unreachable) {
  const int before = unreachable_rounds(directory);
  const int after = unreachable ? before + 1 : 0;
  if (after != before)
    run.store.write([&](store::Connection& db) {
      directory::Directory::put_fact(db, unreachable_rounds_fact, std::to_string(after));
    });
}

// QuickBooks answered: it can be reached. A document went through: whatever else held up the
// company as a whole is over, too.
void close_company_issues(const Run& run, bool delivered) {
  std::vector<inbox::Issue> over;
  for (const inbox::Issue& issue : inbox::Inbox(run.store).list(true))
    if (inbox::holds_company(issue) &&
        (delivered || issue.words.cause == verdict::unreachable_cause))
      over.push_back(issue);
  if (over.empty()) return;
  run.store.write([&](store::Connection& db) {
    for (const inbox::Issue& issue : over)
      inbox::Inbox::resolve(db, issue.id, "QuickBooks takes documents again",
                            run.surroundings.now());
  });
  for (const inbox::Issue& issue : over)
    run.surroundings.closed(issue.words.cause);
}

} // namespace

void lift_company_hold(store::Database& store) {
  const auto issues = inbox::Inbox(store).list(true);
  if (std::none_of(issues.begin(), issues.end(), inbox::holds_company)) return;
  store.write(
      [](store::Connection& db) { directory::Directory::put_fact(db, held_until_fact, ""); });
}

int recheck_curable(store::Database& store, erp::Instant now, erp::Instant refused_by) {
  int count = 0;
  const auto issues = inbox::Inbox(store).list(true);
  store.write([&](store::Connection& db) {
    for (const inbox::Issue& issue : issues)
      if (issue.words.curable_in_quickbooks &&
          (issue.words.code.empty() || issue.seen_at <= refused_by))
        count += outbox::Outbox::unblock(db, issue.id, outbox::Cause::change, now);
  });
  return count;
}

Report run(const Run& asked) {
  Run run = asked;
  Report report;
  const outbox::Outbox outbox(run.store);
  const directory::Directory directory(run.store);
  const outbox::Counts before = outbox.counts();
  run.surroundings.unreachable_rounds = unreachable_rounds(directory);
  bool may_go_on = held(directory, run.surroundings.now()) == 0;
  bool asked_quickbooks = false, unreachable = false;
  const bool paused = !run.settings.sync_parts && !run.settings.sync_orders;
  const bool idle = before.waiting == 0 && before.blocked == 0;
  if (may_go_on && !paused && (!idle || is_a_day_old(directory, run.surroundings.now()))) {
    const auto fresh = keep_directory_fresh(run, directory);
    if (!fresh) follow_company_wide(run, fresh.error(), report);
    unreachable = !fresh && fresh.error().kind == verdict::OutcomeKind::unreachable;
    may_go_on = fresh.has_value();
    asked_quickbooks = fresh.value_or(true);
  }
  right_due_times(run);

  Delivery delivery(run.store, run.company, run.settings, run.surroundings);
  while (may_go_on) {
    const erp::Instant now = run.surroundings.now();
    if (run.stopping.load() || now >= run.deadline) break;
    std::vector<outbox::Entry> claimed;
    run.store.write([&](store::Connection& db) {
      claimed = outbox::Outbox::claim(db, now, now + lease_us, claim_count_max);
    });
    if (claimed.empty()) {
      close_issues_without_documents(run);
      break;
    }
    asked_quickbooks = true;
    const Delivery::Next next = delivery.deliver_all(claimed, [&] {
      run.between_entries();
      return !run.stopping.load() && run.surroundings.now() < run.deadline;
    });
    if (next.what == Delivery::Next::What::go_on) continue;
    may_go_on = false;
    unreachable = next.unreachable;
    report.words = next.words;
    if (next.what == Delivery::Next::What::reconnect)
      report.reconnect_needed = true;
    else
      hold(run, next.until);
  }

  if (asked_quickbooks) remember_rounds(run, directory, unreachable);
  const outbox::Counts after = outbox.counts();
  report.delivered = after.delivered - before.delivered;
  if (may_go_on && asked_quickbooks) close_company_issues(run, report.delivered > 0);
  report.blocked = after.blocked;
  report.waiting = after.waiting;
  report.next_due = after.next_due;
  const erp::Instant until = held(directory, run.surroundings.now());
  if (report.next_due && until > *report.next_due) report.next_due = until;
  return report;
}

} // namespace qb::delivery
