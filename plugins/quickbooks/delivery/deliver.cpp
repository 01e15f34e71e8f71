#include "delivery/deliver.hpp"

#include "core/mapping/line_ids.hpp"
#include "core/mapping/words.hpp"
#include "core/qbo/query.hpp"
#include "delivery/digest.hpp"
#include "delivery/sealed_plan.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <algorithm>
#include <type_traits>

namespace qb::delivery {
namespace {

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;
using verdict::Outcome;
using verdict::OutcomeKind;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string cause_of(const Entry& entry) {
  if (entry.attempts > 0) return "retry";
  return entry.derived ? "derived" : "event";
}

const char* name_of(const verdict::Verdict& verdict) {
  static constexpr const char* names[] = {"settled",  "waits",     "reseals",
                                          "looks up", "reconnect", "blocked"};
  return names[verdict.index()];
}

bool concerns_company(const verdict::IssueWords& words) {
  return words.cause.rfind("company/", 0) == 0;
}

// Is the object that came back the one that was asked for? A proxy may mix answers up.
bool echoes(const SealedPlan& plan, const Seal& seal, const qbo::Value& object) {
  if (object.text_of("Id").empty() || object.text_of("SyncToken").empty()) return false;
  if (!seal.entity_id.empty() && object.text_of("Id") != seal.entity_id) return false;
  return plan.doc_number.empty() || object.text_of("DocNumber") == plan.doc_number;
}

} // namespace

Delivery::Delivery(store::Database& store, company::Company& company,
                   const settings::Settings& settings, Surroundings surroundings)
    : store_(store), company_(company), settings_(settings), surroundings_(std::move(surroundings)),
      outbox_(store), links_(store), directory_(store), references_(directory_, links_) {}

Delivery::Next Delivery::deliver(const Entry& entry) {
  const auto event = erp::event_from_json(entry.snapshot);
  if (!event)
    throw std::runtime_error("the snapshot of entry " + std::to_string(entry.id) +
                             " cannot be read: " + event.error().field + " " + event.error().what);
  if (auto seal = outbox_.unanswered(entry.id); seal && seal->first_sent_at != 0) {
    bool replan = false;
    const Next next = resend(entry, *seal, replan);
    if (!replan || next.what != Next::What::go_on) return next;
    return plan_and_write(entry, *event, entry.attempts + 1);
  }
  return plan_and_write(entry, *event, entry.attempts);
}

// Plans, and plans again as long as what was learned on the way changes the plan.
Delivery::Next Delivery::plan_and_write(const Entry& entry, const erp::Event& event, int attempts) {
  for (int round = 0; round < replans_max; ++round) {
    bool replan = false;
    const Next next = std::visit(
        Overloaded{[&](const mapping::Nothing& nothing) {
                     settle_nothing(entry, nothing.reason);
                     return Next{};
                   },
                   [&](const mapping::Known& known) {
                     settle_known(entry, known);
                     return Next{};
                   },
                   [&](const mapping::Send& send) { return write(entry, send, attempts, replan); },
                   [&](const mapping::First& first) { return put_first(entry, first); },
                   [&](const mapping::ReadFirst& read) { return read_first(entry, read, replan); },
                   [&](const mapping::Blocked& blocked) {
                     std::vector<verdict::IssueWords> issues;
                     for (const mapping::Obstacle& obstacle : blocked.obstacles)
                       issues.push_back(mapping::words_for(obstacle, entry.subject));
                     block(entry, issues);
                     return Next{};
                   }},
        mapping::plan(event, entry.derived, references_, settings_));
    if (!replan) return next;
    attempts += 1;
  }
  // Somebody keeps changing the object under our hands: later, with a pause.
  store_.write([&](store::Connection& db) {
    Outbox::release(db, entry.id,
                    surroundings_.now() +
                        verdict::backoff_ms(attempts, surroundings_.jitter_permille()) * 1000,
                    true);
  });
  return {};
}

Delivery::Next Delivery::write(const Entry& entry, const mapping::Send& send, int attempts,
                               bool& replan) {
  SealedPlan plan;
  plan.fingerprint = sha256_hex(send.content);
  plan.doc_number = send.doc_number;
  plan.host_name = send.host_name;
  plan.line_ids = send.line_ids;
  plan.host_total = send.host_total;
  plan.document_total = send.document_total;
  plan.version = entry.version;
  if (!send.entity_id.empty()) {
    const auto link = links_.find(entry.subject);
    if (link && link->entity_id == send.entity_id && link->fingerprint == plan.fingerprint) {
      settle_nothing(entry, "QuickBooks has it already as it is");
      return {};
    }
  }
  Seal seal;
  seal.entry_id = entry.id;
  seal.request_id = new_request_id();
  seal.company = surroundings_.company;
  seal.path = std::string(qbo::path_name(send.entity));
  seal.entity = std::string(qbo::json_name(send.entity));
  seal.entity_id = send.entity_id;
  seal.body = qbo::write(send.body);
  seal.plan_json = to_json(plan);
  seal.sealed_at = surroundings_.now();
  return send_sealed(entry, std::move(seal), attempts, replan);
}

// The bytes are durable before the first of them leaves, and leave unchanged however often
// (decision 2).
Delivery::Next Delivery::send_sealed(const Entry& entry, Seal seal, int attempts, bool& replan) {
  bool open = true;
  store_.write([&](store::Connection& db) {
    if (seal.id == 0) open = Outbox::seal(db, seal);
    open = open && Outbox::mark_sent(db, seal.id, surroundings_.now());
  });
  if (!open) // superseded or discarded meanwhile: nothing may be sent
    return {};
  qbo::Request request;
  request.method = qbo::Method::post;
  request.path = seal.path;
  request.body = seal.body;
  company::Reply reply = company_.call(request, seal.request_id);
  return follow(entry, seal, reply, attempts, replan);
}

Delivery::Next Delivery::resend(const Entry& entry, Seal seal, bool& replan) {
  if (seal.company != surroundings_.company) {
    verdict::IssueWords words;
    words.cause = "other_company/" + entry.subject;
    words.title = "A document is meant for another QuickBooks company";
    words.meaning =
        "It was being sent when the connection was moved to another company; whether it "
        "arrived there is not known, and it is never sent to this one.";
    words.remedy =
        "Look for it in the former company. Then skip it here with a reason, and save the "
        "document again if this company needs it.";
    block(entry, {words});
    return {};
  }
  if (seal.entity_id.empty() && surroundings_.now() - seal.first_sent_at > reconcile_after_us) {
    company::Reply standing;
    if (found_standing(seal, standing))
      return follow(entry, seal, standing, entry.attempts, replan);
    if (standing.outcome.kind != OutcomeKind::accepted)
      return undecided(entry, standing.outcome, judge(standing.outcome, entry, entry.attempts));
  }
  return send_sealed(entry, std::move(seal), entry.attempts, replan);
}

bool Delivery::found_standing(const Seal& seal, company::Reply& reply) {
  reply = look_up(seal);
  if (reply.outcome.kind != OutcomeKind::accepted) return false;
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const std::string marker = mapping::marker(outbox_.find(seal.entry_id)->subject);
  for (const qbo::Value* row : qbo::rows_in(reply.answer, *entity)) {
    const bool is_transaction = *entity == qbo::Entity::purchase_order;
    if (is_transaction && row->text_of("PrivateNote").find(marker) == std::string::npos) continue;
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
  outbox::Attempt attempt;
  attempt.entry_id = entry.id;
  attempt.started_at = now - reply.duration_ms * 1000;
  attempt.duration_ms = reply.duration_ms;
  attempt.cause = cause_of(entry);
  attempt.request_id = seal.request_id;
  attempt.outcome = verdict::to_string(reply.outcome.kind);
  attempt.http_status = reply.outcome.http_status;
  if (reply.outcome.fault && reply.outcome.fault->first())
    attempt.code = reply.outcome.fault->first()->code;
  attempt.intuit_tid = reply.outcome.intuit_tid;
  attempt.verdict = name_of(verdict);
  attempt.words = reply.outcome.words;

  if (std::holds_alternative<verdict::Settle>(verdict)) {
    store_.write([&](store::Connection& db) { Outbox::append(db, attempt); });
    settle_written(entry, seal, *object);
    return {};
  }
  const bool definite = !std::holds_alternative<verdict::Wait>(verdict) &&
                        !std::holds_alternative<verdict::Reconnect>(verdict);
  store_.write([&](store::Connection& db) {
    Outbox::append(db, attempt);
    if (definite) // nothing was done; a changed request gets a new id
      Outbox::answered(db, seal.id, now);
  });
  if (const auto* blocked = std::get_if<verdict::Block>(&verdict)) {
    if (concerns_company(blocked->issue)) return hold_company(entry, blocked->issue);
    block(entry, {blocked->issue});
    return {};
  }
  if (definite) { // Reseal, Adopt: look, and plan again with what was seen
    const company::Reply seen = look_up(seal);
    if (seen.outcome.kind != OutcomeKind::accepted)
      return undecided(entry, seen.outcome, judge(seen.outcome, entry, attempts));
    const auto rows = qbo::rows_in(seen.answer, *entity);
    const bool gone = rows.empty() && !seal.entity_id.empty();
    if (attempts >= verdict::reseal_attempts_max || gone) {
      verdict::IssueWords words;
      words.cause = "disagreement/" + entry.subject;
      words.title = gone ? "A document was deleted in QuickBooks"
                         : "QuickBooks keeps refusing a document that it seems to have";
      if (const auto* error = reply.outcome.fault ? reply.outcome.fault->first() : nullptr) {
        words.quickbooks_says =
            error->message + (error->detail.empty() ? "" : ": " + error->detail);
        words.code = error->code;
      }
      words.intuit_tid = reply.outcome.intuit_tid;
      words.meaning = gone ? "It was written before and is no longer there."
                           : "Looking it up found nothing that is certainly ours.";
      words.remedy = "Look at it in QuickBooks, then retry, or skip it with a reason.";
      block(entry, {words});
      return {};
    }
    replan = true;
    return {};
  }
  return undecided(entry, reply.outcome, verdict);
}

// Asks QuickBooks for what the sealed request was about, and remembers what it says.
company::Reply Delivery::look_up(const Seal& seal) {
  const auto entity = qbo::entity_from_json_name(seal.entity);
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  std::string where;
  if (!seal.entity_id.empty())
    where = "Id = " + qbo::quoted(seal.entity_id);
  else if (*entity == qbo::Entity::purchase_order)
    where = "DocNumber = " + qbo::quoted(plan.doc_number);
  else if (*entity == qbo::Entity::vendor)
    where = "DisplayName = " + qbo::quoted(plan.host_name);
  else
    where = "Name = " + qbo::quoted(plan.host_name);
  const bool is_list = *entity != qbo::Entity::purchase_order;
  company::Reply reply = company_.call(qbo::page(*entity, 1, is_list, where), "");
  if (reply.outcome.kind == OutcomeKind::accepted)
    for (const qbo::Value* row : qbo::rows_in(reply.answer, *entity))
      remember(*row, *entity);
  return reply;
}

// We know the Id and not the content: once read, the object is kept with the link.
Delivery::Next Delivery::read_first(const Entry& entry, const mapping::ReadFirst& read,
                                    bool& replan) {
  const company::Reply reply = company_.call(qbo::read(read.entity, read.entity_id), "");
  if (reply.outcome.kind != OutcomeKind::accepted)
    return undecided(entry, reply.outcome, judge(reply.outcome, entry, entry.attempts));
  const qbo::Value* object = qbo::object_in(reply.answer, read.entity);
  if (!object || object->text_of("Id") != read.entity_id) {
    Outcome outcome = reply.outcome;
    outcome.kind = OutcomeKind::unreadable;
    return undecided(entry, outcome, judge(outcome, entry, entry.attempts));
  }
  links::Link link;
  if (const auto old = links_.find(entry.subject); old && old->entity_id == read.entity_id)
    link = *old; // keeps line ids and host name; the content may have been changed by others
  link.subject = entry.subject;
  link.entity = std::string(qbo::json_name(read.entity));
  link.entity_id = read.entity_id;
  link.sync_token = object->text_of("SyncToken");
  link.doc_number = object->text_of("DocNumber");
  link.fingerprint.clear();
  link.answer = qbo::write(*object);
  link.written_at = surroundings_.now();
  store_.write([&](store::Connection& db) { links::Links::put(db, link); });
  remember(*object, read.entity);
  replan = true;
  return {};
}

Delivery::Next Delivery::put_first(const Entry& entry, const mapping::First& first) {
  store_.write([&](store::Connection& db) {
    std::int64_t wait_for = 0;
    for (erp::Event event : first.events) {
      const std::string subject = erp::subject_of(event);
      if (const auto open = Outbox::open_entry_of(db, subject)) {
        wait_for = open->id;
        continue;
      }
      event.event_id = "derived-" + new_request_id();
      Entry made;
      made.event_id = event.event_id;
      made.kind = erp::to_string(event.kind);
      made.subject = subject;
      made.derived = true;
      made.snapshot = erp::to_json(event);
      made.due_at = made.recorded_at = surroundings_.now();
      Outbox::record(db, made, false);
      if (const auto open = Outbox::open_entry_of(db, subject)) wait_for = open->id;
    }
    Outbox::wait_for(db, entry.id, wait_for, surroundings_.now());
  });
  return {};
}

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
    links::Links::put(db, link);
    if (known) directory::Directory::put(db, *known);
    Outbox::answered(db, seal.id, surroundings_.now());
    Outbox::settle(db, entry.id, seal.entity_id.empty() ? "created" : "updated",
                   surroundings_.now());
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

// Attempts that never reached QuickBooks are not counted, so the pause grows with the rounds
// instead.
verdict::Verdict Delivery::judge(const Outcome& outcome, const Entry& entry, int attempts) {
  const bool unreachable = outcome.kind == OutcomeKind::unreachable;
  return verdict::judge(outcome, entry.subject,
                        unreachable ? surroundings_.unreachable_rounds : attempts,
                        surroundings_.now(), surroundings_.jitter_permille());
}

// What is wrong is wrong for every document (the subscription ended, a right is missing): a person
// is told once, and nothing else is tried for a while.
Delivery::Next Delivery::hold_company(const Entry& entry, const verdict::IssueWords& words) {
  const erp::Instant until = surroundings_.now() + company_hold_us;
  store_.write([&](store::Connection& db) {
    inbox::Inbox::raise(db, words, surroundings_.now(), true);
    Outbox::release(db, entry.id, until, false);
  });
  surroundings_.raised(words);
  return {Next::What::stop_until, until, words.title};
}

// The outcome of a read, or of a write that is to be sent again as it is.
Delivery::Next Delivery::undecided(const Entry& entry, const Outcome& outcome,
                                   const verdict::Verdict& verdict) {
  const erp::Instant now = surroundings_.now();
  if (const auto* wait = std::get_if<verdict::Wait>(&verdict)) {
    if (wait->told) {
      store_.write([&](store::Connection& db) { inbox::Inbox::raise(db, *wait->told, now, true); });
      surroundings_.raised(*wait->told);
    }
    store_.write(
        [&](store::Connection& db) { Outbox::release(db, entry.id, wait->until, wait->counts); });
    if (wait->whole_company) return {Next::What::stop_until, wait->until, outcome.words};
    return {};
  }
  if (const auto* blocked = std::get_if<verdict::Block>(&verdict)) {
    if (concerns_company(blocked->issue)) return hold_company(entry, blocked->issue);
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
