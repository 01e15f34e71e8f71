// What follows from an answer, and from none.
#include "delivery/deliver.hpp"

#include "core/mapping/line_ids.hpp"
#include "core/mapping/plan.hpp"
#include "core/mapping/private_note.hpp"
#include "core/qbo/query.hpp"
#include "core/verdict/refusal_words.hpp"
#include "delivery/derived.hpp"
#include "delivery/sealed_plan.hpp"
#include "delivery/sparse.hpp"
#include "delivery/tuning.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;
using verdict::Outcome;
using verdict::OutcomeKind;

const char* name_of(const verdict::Verdict& verdict) {
  static constexpr const char* names[] = {"settled",  "waits",     "reseals",
                                          "looks up", "reconnect", "blocked"};
  return names[verdict.index()];
}

verdict::IssueWords disagreement_words(const Outcome& outcome, const std::string& subject) {
  verdict::IssueWords words;
  words.cause = "disagreement/" + subject;
  words.title = "QuickBooks keeps refusing a document that it seems to have";
  words.quickbooks_says = verdict::quickbooks_words(outcome);
  if (const auto* error = outcome.fault ? outcome.fault->first() : nullptr)
    words.code = error->code;
  words.intuit_tid = outcome.intuit_tid;
  words.meaning = "Looking it up found nothing that is certainly ours.";
  words.remedy = "Look at it in QuickBooks, then retry, or skip it with a reason.";
  return words;
}

std::string sealed_text(const Seal& seal, const std::string& member) {
  const auto sent = qbo::read(seal.body);
  return sent ? sent->text_of(member) : "";
}

// A name list of QuickBooks is shared: vendors with customers and employees, items with bundles and
// what else is sold (Intuit, fault 6240; confirmed). What carries the name is not ours to see.
verdict::IssueWords name_taken_words(const Outcome& outcome, const Seal& seal) {
  const bool vendor = seal.entity == qbo::json_name(qbo::Entity::vendor);
  const std::string name = sealed_text(seal, vendor ? "DisplayName" : "Name");
  const std::string thing = vendor ? "supplier" : "item";
  verdict::IssueWords words;
  words.cause = thing + "_name_taken/" + name;
  words.title = "The name \"" + name + "\" is taken in QuickBooks, and not by " +
                (vendor ? "a supplier" : "an item");
  words.quickbooks_says = verdict::quickbooks_words(outcome);
  words.code = outcome.fault->first()->code;
  words.intuit_tid = outcome.intuit_tid;
  words.meaning = vendor
                      ? "QuickBooks has one list of names for suppliers, customers and "
                        "employees; blanks and capitals do not tell names apart in it. One of "
                        "the others has this name."
                      : "Another product, service, bundle or category has this name, or one that "
                        "was made inactive.";
  words.remedy = "Rename that one in QuickBooks and retry this issue; or add the " + thing +
                 " there by hand under another name, and pick it here: inbox fix ID --use NAME.";
  words.curable_in_quickbooks = true;
  return words;
}

outbox::Attempt attempt_of(const Entry& entry, const Seal& seal, const company::Reply& reply,
                           const verdict::Verdict& verdict, erp::Instant now) {
  outbox::Attempt attempt;
  attempt.entry_id = entry.id;
  attempt.started_at = now - reply.duration_ms * 1000;
  attempt.duration_ms = reply.duration_ms;
  attempt.cause = outbox::to_string(entry.cause);
  attempt.request_id = seal.request_id;
  attempt.outcome = verdict::to_string(reply.outcome.kind);
  attempt.http_status = reply.outcome.http_status;
  if (reply.outcome.fault && reply.outcome.fault->first())
    attempt.code = reply.outcome.fault->first()->code;
  attempt.intuit_tid = reply.outcome.intuit_tid;
  attempt.verdict = name_of(verdict);
  attempt.words = reply.outcome.words;
  return attempt;
}

// A list object has no number and no mark: its name tells it. How it is spaced and whether it is in
// capitals may be QuickBooks' way of writing it.
bool has_the_name_sent(const Seal& seal, const qbo::Value& object) {
  const char* const member = seal.entity == qbo::json_name(qbo::Entity::vendor) ? "DisplayName"
                             : seal.entity == qbo::json_name(qbo::Entity::item) ? "Name"
                                                                                : nullptr;
  if (!member) return true;
  const std::string sent = sealed_text(seal, member);
  return sent.empty() || mapping::normalised(object.text_of(member)) == mapping::normalised(sent);
}

// Is the object that came back the one that was asked for? A proxy may mix answers up.
bool echoes(const SealedPlan& plan, const Seal& seal, const qbo::Value& object) {
  if (plan.remove) // {"status":"Deleted","Id":"257"}
    return object.text_of("Id") == seal.entity_id && object.text_of("status") == "Deleted";
  if (object.text_of("Id").empty() || object.text_of("SyncToken").empty()) return false;
  if (!seal.entity_id.empty() && object.text_of("Id") != seal.entity_id) return false;
  if (!plan.doc_number.empty() && object.text_of("DocNumber") != plan.doc_number) return false;
  return has_the_name_sent(seal, object);
}

bool says_code(const Outcome& outcome, std::string_view code) {
  const auto* error = outcome.fault ? outcome.fault->first() : nullptr;
  return outcome.kind == OutcomeKind::rejected && error && error->code == code;
}

} // namespace

bool says_not_found(const Outcome& outcome) {
  return says_code(outcome, "610");
}

verdict::Verdict verdict_on(const Outcome& outcome, const std::string& subject, int attempts,
                            const Surroundings& surroundings) {
  const erp::Instant now = surroundings.now();
  // Our own pace, which could not wait that long within this run: QuickBooks was not asked.
  if (outcome.kind == OutcomeKind::throttled && outcome.http_status == 0) {
    verdict::Wait wait;
    const int asked_s = std::min(outcome.retry_after_s.value_or(1), verdict::throttle_wait_s_max);
    wait.until = now + asked_s * 1'000'000LL;
    wait.counts = false;
    wait.whole_company = true;
    return wait;
  }
  return verdict::judge(outcome, subject, attempts, now, surroundings.jitter_permille());
}

bool Delivery::found_standing(const Seal& seal, company::Reply& reply) {
  reply = look_up(seal);
  if (reply.outcome.kind != OutcomeKind::accepted) return false;
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const std::string subject = sealed_plan_from(seal.plan_json).subject;
  for (const qbo::Value* row : qbo::rows_in(reply.answer, *entity)) {
    if (qbo::is_transaction(*entity) &&
        !mapping::carries_marker(row->text_of("PrivateNote"), subject))
      continue;
    qbo::Value answer = qbo::Value::object();
    answer.set(seal.entity, *row);
    reply.answer = std::move(answer);
    return true;
  }
  return false;
}

// Everything that follows from one answer, in one transaction.
Delivery::Next Delivery::follow(const Entry& entry, const Seal& seal,
                                const company::Reply& answered, int attempts, bool& replan) {
  company::Reply reply = answered;
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const qbo::Value* object = qbo::object_in(reply.answer, *entity);
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  if (reply.outcome.kind == OutcomeKind::accepted && (!object || !echoes(plan, seal, *object))) {
    reply.outcome.kind = OutcomeKind::unreadable;
    reply.outcome.words = "the answer is not about what was sent";
  }
  const erp::Instant now = surroundings_.now();
  const verdict::Verdict verdict = judge(reply.outcome, entry, attempts);
  const outbox::Attempt attempt = attempt_of(entry, seal, reply, verdict, now);
  if (std::holds_alternative<verdict::Settle>(verdict)) {
    store_.write([&](store::Connection& db) { Outbox::append(db, attempt); });
    plan.remove ? settle_removed(entry, seal) : settle_written(entry, seal, *object);
    return {};
  }
  // What is to be deleted is not there: the answer of an earlier call was lost, or somebody else
  // deleted it.
  if (plan.remove && says_not_found(reply.outcome)) {
    store_.write([&](store::Connection& db) { Outbox::append(db, attempt); });
    settle_removed(entry, seal);
    return {};
  }
  const bool definite = !std::holds_alternative<verdict::Wait>(verdict) &&
                        !std::holds_alternative<verdict::Reconnect>(verdict);
  const bool gone_perhaps = !seal.entity_id.empty() && says_not_found(reply.outcome);
  const auto* blocked = std::get_if<verdict::Block>(&verdict);
  // A refusal answers this send. Of an earlier one, whose answer was lost, it says nothing: only
  // looking tells.
  const bool earlier_in_doubt = seal.first_sent_at != 0;
  company::Reply seen;
  if (definite && blocked && earlier_in_doubt) {
    if (verdict::concerns_company(blocked->issue)) {
      store_.write([&](store::Connection& db) { Outbox::append(db, attempt); });
      return hold_company(entry, blocked->issue);
    }
    if (!seal.entity_id.empty())
      seen = look_up(seal); // and learn which lines it added
    else if (found_standing(seal, seen))
      return follow(entry, seal, seen, attempts, replan);
    if (seen.outcome.kind != OutcomeKind::accepted)
      return undecided(entry, seen.outcome, judge(seen.outcome, entry, attempts));
    if (const erp::Instant sent_at = outbox_.last_doubtful_send_at(seal.request_id);
        may_still_run(sent_at)) {
      store_.write([&](store::Connection& db) { Outbox::append(db, attempt); });
      return look_later(entry, seal, sent_at);
    }
  } else if (definite &&
             (!blocked || gone_perhaps)) { // Reseal, Adopt: look before the seal is let go
    seen = look_up(seal);
    if (seen.outcome.kind != OutcomeKind::accepted)
      return undecided(entry, seen.outcome, judge(seen.outcome, entry, attempts));
  }
  store_.write([&](store::Connection& db) {
    Outbox::append(db, attempt);
    if (definite) // nothing was done; a changed request gets a new id
      Outbox::answered(db, seal.id, now);
  });
  if (blocked && refuses_sparse(reply.outcome) && references_.takes_sparse_updates()) {
    remember_sparse_refused(store_);
    replan = true;
    return {};
  }
  if (blocked && plan.remove && linked_meanwhile(seal, *blocked)) {
    replan = true;
    return {};
  }
  if (blocked && !gone_perhaps) {
    if (verdict::concerns_company(blocked->issue)) return hold_company(entry, blocked->issue);
    block(entry, {blocked->issue});
    return {};
  }
  if (definite) return plan_anew(entry, seal, blocked, reply.outcome, seen, replan);
  return undecided(entry, reply.outcome, verdict);
}

// A definite no, and what was seen since: it is planned again, or a person is asked.
Delivery::Next Delivery::plan_anew(const Entry& entry, const Seal& seal,
                                   const verdict::Block* blocked, const Outcome& outcome,
                                   const company::Reply& seen, bool& replan) {
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  const bool nothing_seen = qbo::rows_in(seen.answer, *entity).empty();
  if (nothing_seen && plan.remove) {
    settle_removed(entry, seal);
    return {};
  }
  if (nothing_seen && !seal.entity_id.empty())
    return is_gone(entry, plan.subject, *entity, seal.entity_id, outcome);
  // A person chose a new item, and its name is taken: they are asked once more.
  if (const auto link = links_.find(entry.subject); link && link->entity_id.empty())
    store_.write([&](store::Connection& db) { links::Links::remove(db, entry.subject); });
  if (nothing_seen && !blocked && seal.entity_id.empty() && says_code(outcome, "6240")) {
    block(entry, {name_taken_words(outcome, seal)});
    return {};
  }
  if (blocked || nothing_seen) { // what was seen changes the next plan; nothing changes nothing
    block(entry, {blocked ? blocked->issue : disagreement_words(outcome, entry.subject)});
    return {};
  }
  replan = true;
  return {};
}

bool Delivery::linked_meanwhile(const Seal& seal, const verdict::Block& blocked) {
  if (blocked.issue.code != "800") return false; // others depend on it
  const company::Reply seen = look_up(seal);
  const auto rows = qbo::rows_in(seen.answer, *qbo::entity_from_json_name(seal.entity));
  if (seen.outcome.kind != OutcomeKind::accepted || rows.empty() ||
      !mapping::is_linked(*rows.front()))
    return false;
  auto link = links_.find_entity(seal.entity, seal.entity_id);
  if (!link) return false;
  link->sync_token = rows.front()->text_of("SyncToken");
  link->answer = qbo::write(*rows.front());
  store_.write([&](store::Connection& db) { links::Links::put(db, *link); });
  return true;
}

// An answer ends the call that it answers. Of an earlier one, whose answer was lost, it says
// nothing; nor does a server's trouble, behind which the call may go on.
void Delivery::note_ended(const Seal& as_it_was, const company::Reply& reply) {
  if (as_it_was.first_sent_at == 0) return; // there was no earlier one
  switch (reply.outcome.kind) {
  case OutcomeKind::accepted:
  case OutcomeKind::rejected:
  case OutcomeKind::stale:
    store_.write([&](store::Connection& db) { Outbox::last_send_ended(db, as_it_was.request_id); });
    return;
  default:
    return;
  }
}

// A call whose answer was lost may still be at work in QuickBooks, and what it makes is not to be
// seen yet: that nothing is found proves nothing so early.
bool Delivery::may_still_run(erp::Instant sent_at) const {
  return sent_at != 0 && surroundings_.now() - sent_at < call_runs_max_us;
}

Delivery::Next Delivery::look_later(const Entry& entry, const Seal& seal, erp::Instant sent_at) {
  const erp::Instant now = surroundings_.now();
  store_.write([&](store::Connection& db) {
    Outbox::sent_by_now(db, seal, now); // if the clock was set back
    Outbox::release(db, entry.id, std::min(sent_at, now) + call_runs_max_us, false);
  });
  return {};
}

// Somebody deleted what we had written. It is never made anew unless a person asks for it.
Delivery::Next Delivery::is_gone(const Entry& entry, const std::string& subject, qbo::Entity entity,
                                 const std::string& id, const Outcome& outcome) {
  if (subject == entry.subject && cancels_order(entry)) {
    settle_gone(entry, entity, id);
    return {};
  }
  const bool is_bill_of_receipt = entity == qbo::Entity::bill && subject.starts_with("receipt/");
  const std::string name = is_bill_of_receipt ? "The bill of " + verdict::host_words(subject)
                                              : verdict::host_words_capital(subject);
  verdict::IssueWords words;
  words.cause = inbox::gone_prefix + subject;
  words.title = name + " was deleted in QuickBooks";
  words.quickbooks_says = verdict::quickbooks_words(outcome);
  words.code = "610";
  words.intuit_tid = outcome.intuit_tid;
  words.meaning = "It had been written there, and it is there no longer.";
  words.remedy = "To write it to QuickBooks anew, retry this issue by its number. To leave it "
                 "deleted, skip it with a reason.";
  store_.write([&](store::Connection& db) { directory::Directory::remove(db, entity, id); });
  block(entry, {words});
  return {};
}

// Asks QuickBooks for what the sealed request was about, and remembers what it says.
company::Reply Delivery::look_up(const Seal& seal) {
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  std::string where;
  if (!seal.entity_id.empty()) {
    where = "Id = " + qbo::quoted(seal.entity_id);
  } else {
    const std::string member(qbo::name_member(*entity));
    where = member + " = " +
            qbo::quoted(qbo::is_transaction(*entity) ? plan.doc_number : sealed_text(seal, member));
  }
  company::Reply reply = company_.call(qbo::page(*entity, 1, true, where), "");
  if (reply.outcome.kind == OutcomeKind::accepted)
    for (const qbo::Value* row : qbo::rows_in(reply.answer, *entity)) {
      remember(*row, *entity);
      // The refusal of a first sending is certain: nothing of it was done.
      if (seal.first_sent_at != 0 && seal.entity_id == row->text_of("Id")) learn_lines(seal, *row);
      if (seal.first_sent_at != 0 && seal.entity_id.empty()) learn_created(seal, *row);
      if (!seal.entity_id.empty()) references_.has_read(plan.subject);
    }
  return reply;
}

// A change whose answer was lost may have added lines; as others' lines they would be added again.
void Delivery::learn_lines(const Seal& seal, const qbo::Value& standing) {
  auto link = links_.find_entity(seal.entity, seal.entity_id);
  const auto sent = qbo::read(seal.body);
  if (!link || !sent) return;
  const std::string ids = mapping::line_ids_after_lost_answer(
      link->line_ids_json, sealed_plan_from(seal.plan_json).line_ids, *sent, standing);
  if (ids == link->line_ids_json) return;
  link->line_ids_json = ids;
  store_.write([&](store::Connection& db) { links::Links::put(db, *link); });
}

// It stands there although its answer was lost. Which of its lines are ours is known by what was
// sent; without that, lines that somebody added meanwhile would be taken for ours at the next
// change.
void Delivery::learn_created(const Seal& seal, const qbo::Value& standing) {
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  if (!qbo::is_transaction(*qbo::entity_from_json_name(seal.entity)) ||
      !mapping::carries_marker(standing.text_of("PrivateNote"), plan.subject))
    return;
  if (const auto link = links_.find(plan.subject); link && !link->entity_id.empty()) return;
  const links::Link link = link_to(standing, seal, plan, surroundings_.now());
  store_.write([&](store::Connection& db) { links::Links::put(db, link); });
  references_.has_read(plan.subject);
}

// Attempts that never reached QuickBooks are not counted, so the pause grows with the rounds
// instead.
verdict::Verdict Delivery::judge(const Outcome& outcome, const Entry& entry, int attempts) {
  // Of a stale answer only the rounds of this claim count: answers lost before say nothing of it.
  const int counted = outcome.kind == OutcomeKind::unreachable ? surroundings_.unreachable_rounds
                      : outcome.kind == OutcomeKind::stale     ? attempts - entry.attempts
                                                               : attempts;
  return verdict_on(outcome, entry.subject, counted, surroundings_);
}

// What is wrong is wrong for every document (the subscription ended, a right is missing): a person
// is told once, and nothing else is tried for a while.
Delivery::Next Delivery::hold_company(const Entry& entry, const verdict::IssueWords& words) {
  const erp::Instant until = surroundings_.now() + company_hold_us;
  inbox::Inbox(store_).raise_standing(words, surroundings_.now(), surroundings_.raised);
  store_.write([&](store::Connection& db) {
    Outbox::release(db, entry.id, surroundings_.now(), false); // the company is held, not the entry
  });
  return {Next::What::stop_until, until, words.title};
}

// The outcome of a read, or of a write that is to be sent again as it is.
Delivery::Next Delivery::undecided(const Entry& entry, const Outcome& outcome,
                                   const verdict::Verdict& verdict) {
  const erp::Instant now = surroundings_.now();
  if (const auto* wait = std::get_if<verdict::Wait>(&verdict)) {
    if (wait->told) inbox::Inbox(store_).raise_standing(*wait->told, now, surroundings_.raised);
    store_.write(
        [&](store::Connection& db) { Outbox::release(db, entry.id, wait->until, wait->counts); });
    if (wait->whole_company)
      return {Next::What::stop_until, wait->until, outcome.words,
              outcome.kind == OutcomeKind::unreachable};
    return {};
  }
  if (const auto* blocked = std::get_if<verdict::Block>(&verdict)) {
    if (verdict::concerns_company(blocked->issue)) return hold_company(entry, blocked->issue);
    block(entry, {blocked->issue});
    return {};
  }
  const bool reconnect = std::holds_alternative<verdict::Reconnect>(verdict);
  store_.write([&](store::Connection& db) {
    Outbox::release(
        db, entry.id,
        reconnect
            ? now
            : now + verdict::backoff_ms(entry.attempts, surroundings_.jitter_permille()) * 1000,
        !reconnect);
  });
  if (reconnect) return {Next::What::reconnect, 0, outcome.words};
  return {};
}

// What was just read is the newest there is: the directory learns it, and a link to it gets the
// content, so that an update needs no further read.
void Delivery::remember(const qbo::Value& object, qbo::Entity entity) {
  const auto known = qbo::known_from(entity, object);
  if (!known) return;
  const std::string entity_name(qbo::json_name(entity));
  auto link = links_.find_entity(entity_name, known->id);
  const bool changed = link && link->sync_token != known->sync_token;
  store_.write([&](store::Connection& db) {
    directory::Directory::put(db, *known);
    if (!changed) return;
    link->sync_token = known->sync_token;
    link->fingerprint
        .clear(); // others changed it: what we said last no longer tells what stands there
    link->answer = qbo::write(object);
    links::Links::put(db, *link);
  });
}

} // namespace qb::delivery
