#include "delivery/deliver.hpp"

#include "core/mapping/words.hpp"
#include "delivery/derived.hpp"
#include "delivery/digest.hpp"
#include "delivery/sealed_plan.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <new>
#include <stdexcept>
#include <system_error>
#include <type_traits>

namespace qb::delivery {
namespace {

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;
using verdict::OutcomeKind;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

Delivery::Delivery(store::Database& store, company::Company& company,
                   const settings::Settings& settings, Surroundings surroundings)
    : store_(store), company_(company), settings_(settings), surroundings_(std::move(surroundings)),
      outbox_(store), links_(store), directory_(store), references_(directory_, links_) {}

// A mistake of ours over one document is a person's to see, and holds up no other. What the machine
// refuses (std::system_error: OpenSSL without memory, too) ends the run, and so does what the disk,
// the host or the vault refuses, which is no std::exception.
Delivery::Next Delivery::behind_fence(const Entry& entry, const std::function<Next()>& work) {
  std::string what;
  try {
    return work();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error&) {
    throw;
  } catch (const std::exception& mistake) {
    what = mistake.what();
  }
  verdict::IssueWords words;
  words.cause = "mistake/" + entry.subject;
  words.title = verdict::host_words_capital(entry.subject) + " cannot be handled by this plugin";
  words.meaning = "The plugin made a mistake over it (\"" + what +
                  "\"). Nothing of it was sent but what its history shows; other documents go on.";
  words.remedy = "Tell the plugin's makers these words. After an update of the plugin retry this "
                 "issue; or skip it with a reason and enter the document in QuickBooks by hand.";
  block(entry, {words});
  return {};
}

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
  references_.forget_reads();
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

Seal Delivery::seal_of(const Entry& entry, const mapping::Send& send) const {
  SealedPlan plan;
  plan.fingerprint = sha256_hex(send.content);
  plan.doc_number = send.doc_number;
  plan.host_name = send.host_name;
  plan.line_ids = send.line_ids;
  plan.host_total = send.host_total;
  plan.document_total = send.document_total;
  plan.version = entry.version;
  plan.remove = send.remove;
  plan.host_tax = send.host_tax;
  for (const mapping::Obstacle& warning : send.warnings)
    plan.warnings.push_back(mapping::words_for(warning, entry.subject));
  plan.subject = send.subject.empty() ? entry.subject : send.subject;
  plan.order_subject = send.order_subject;
  plan.billing_json = send.billing_json;
  plan.note = send.note;
  plan.allows_double_number = send.allows_double_number;
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
  return seal;
}

// Does QuickBooks hold this content already, from our last writing?
bool Delivery::is_written(const Seal& seal) const {
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  if (seal.entity_id.empty() || plan.remove) return false;
  const auto link = links_.find(plan.subject);
  return link && link->entity_id == seal.entity_id && link->fingerprint == plan.fingerprint;
}

// While an earlier call that would create it may still run, what is deleted could come back: then
// it is deleted later.
bool Delivery::may_come_back(const Entry& entry, const mapping::Send& send) {
  if (!send.remove) return false;
  const erp::Instant sent_at =
      outbox_.last_doubtful_create_at(entry.ordering_key, std::string(qbo::json_name(send.entity)));
  if (!may_still_run(sent_at) || sent_at > surroundings_.now()) return false; // a clock set back
  store_.write([&](store::Connection& db) {
    Outbox::release(db, entry.id, sent_at + call_runs_max_us, false);
  });
  return true;
}

Delivery::Next Delivery::write(const Entry& entry, const mapping::Send& send, int attempts,
                               bool& replan) {
  if (may_come_back(entry, send)) return {};
  Seal seal = seal_of(entry, send);
  if (is_written(seal)) {
    settle_nothing(entry, "QuickBooks has it already as it is");
    return {};
  }
  return send_sealed(entry, std::move(seal), attempts, replan);
}

// The bytes are durable before the first of them leaves, and leave unchanged however often
// (docs/adr/0005).
Delivery::Next Delivery::send_sealed(const Entry& entry, Seal seal, int attempts, bool& replan) {
  qbo::Request request;
  request.method = qbo::Method::post;
  request.path = seal.path;
  request.body = seal.body;
  const SealedPlan plan = sealed_plan_from(seal.plan_json);
  if (plan.remove) request.query.emplace_back("operation", "delete");
  if (plan.allows_double_number) request.query.emplace_back("include", "allowduplicatedocnum");
  const Seal as_it_was = seal;
  const company::Reply reply = company_.call(request, seal.request_id, [&] {
    bool open = true;
    store_.write([&](store::Connection& db) {
      open = (seal.id != 0 || Outbox::seal(db, seal)) &&
             Outbox::mark_sent(db, seal.id, surroundings_.now());
    });
    return open;
  });
  if (reply.withheld) return {}; // superseded or discarded while it waited for its turn
  note_ended(as_it_was, reply);
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
  if (seal.entity_id.empty() && is_old(seal)) {
    company::Reply standing;
    if (found_standing(seal, standing))
      return follow(entry, seal, standing, entry.attempts, replan);
    if (standing.outcome.kind != OutcomeKind::accepted)
      return undecided(entry, standing.outcome, judge(standing.outcome, entry, entry.attempts));
  }
  return send_sealed(entry, std::move(seal), entry.attempts, replan);
}

// Of a clock that was set back nothing can be told but that it is not now.
bool Delivery::is_old(const Seal& seal) const {
  const erp::Instant age = surroundings_.now() - seal.first_sent_at;
  return age < 0 || age > reconcile_after_us;
}

// We know the Id and not the content: once read, the object is kept with the link.
Delivery::Next Delivery::read_first(const Entry& entry, const mapping::ReadFirst& read,
                                    bool& replan) {
  const std::string& subject = read.subject.empty() ? entry.subject : read.subject;
  const company::Reply reply = company_.call(qbo::read(read.entity, read.entity_id), "");
  if (says_not_found(reply.outcome))
    return is_gone(entry, subject, read.entity, read.entity_id, reply.outcome);
  if (reply.outcome.kind != OutcomeKind::accepted)
    return undecided(entry, reply.outcome, judge(reply.outcome, entry, entry.attempts));
  const qbo::Value* object = qbo::object_in(reply.answer, read.entity);
  if (!object || object->text_of("Id") != read.entity_id) {
    verdict::Outcome outcome = reply.outcome;
    outcome.kind = OutcomeKind::unreadable;
    return undecided(entry, outcome, judge(outcome, entry, entry.attempts));
  }
  links::Link link;
  if (const auto old = links_.find(subject); old && old->entity_id == read.entity_id)
    link = *old; // keeps line ids and host name; the content may have been changed by others
  link.subject = subject;
  if (!read.order_subject.empty()) link.order_subject = read.order_subject;
  link.entity = std::string(qbo::json_name(read.entity));
  link.entity_id = read.entity_id;
  link.sync_token = object->text_of("SyncToken");
  link.doc_number = object->text_of("DocNumber");
  link.fingerprint.clear();
  link.answer = qbo::write(*object);
  link.written_at = surroundings_.now();
  store_.write([&](store::Connection& db) { links::Links::put(db, link); });
  remember(*object, read.entity);
  references_.has_read(subject);
  replan = true;
  return {};
}

// Receipts of one order go out one after the other, and after what was recorded of the order before
// them; what closes the order goes after the receipts before it, since QuickBooks links no bill to
// a closed one.
bool Delivery::waits_its_turn(const Entry& entry, const erp::Event& event) {
  const bool is_receipt = std::holds_alternative<erp::Receipt>(event.document);
  if (settings_.receipts == settings::Receipts::none || (entry.derived && !is_receipt))
    return false;
  if (!is_receipt && !closes_order(event)) return false;
  if (const auto seal = outbox_.unanswered(entry.id); seal && seal->first_sent_at != 0)
    return false; // its turn had come
  const auto before = outbox_.open_before(entry);
  if (!before) return false;
  store_.write([&](store::Connection& db) {
    // It waited for a version that this one took the place of, and needs the order as it was then.
    if (!is_receipt && before->waits_for == entry.id)
      Outbox::release(db, before->id, surroundings_.now(), false);
    Outbox::wait_for(db, entry.id, before->id, surroundings_.now());
  });
  const auto now = outbox_.find(entry.id);
  return now && now->waits_for != 0; // else that one waits for this one
}

namespace {

bool is_about_the_same(const Entry& entry, const erp::Event& event) {
  auto recorded = erp::event_from_json(entry.snapshot);
  if (!recorded) return false;
  recorded->event_id = event.event_id;
  recorded->occurred_at = event.occurred_at;
  recorded->actor = event.actor;
  return erp::to_json(*recorded) == erp::to_json(event);
}

// What must come first ends what the entry still needs, and goes after it: an order that was closed
// before any of it was sent, with a receipt in between, or with one that was corrected since. Each
// would wait for the other.
bool ends_what_is_needed(store::Connection& db, const Entry& entry, const Entry& standing) {
  const bool goes_after = standing.id > entry.id || Outbox::waits_for(db, standing.id, entry.id);
  if (!goes_after || standing.derived || standing.state != outbox::State::queued) return false;
  const auto event = erp::event_from_json(standing.snapshot);
  const auto seal = Outbox::unanswered(db, standing.id);
  return event && closes_order(*event) && !(seal && seal->first_sent_at != 0);
}

} // namespace

Delivery::Next Delivery::put_first(const Entry& entry, const mapping::First& first) {
  store_.write([&](store::Connection& db) {
    std::int64_t wait_for = 0;
    for (erp::Event event : first.events) {
      const std::string subject = erp::subject_of(event);
      const auto standing = Outbox::open_entry_of(db, subject);
      // What is blocked as it stood then is made anew as it stands now.
      const bool outdated = standing && standing->derived &&
                            standing->state == outbox::State::blocked &&
                            !is_about_the_same(*standing, event);
      const bool goes_ahead = standing && ends_what_is_needed(db, entry, *standing);
      if (standing && !outdated && !goes_ahead) {
        wait_for = standing->id;
        continue;
      }
      const Entry made = derived_entry(std::move(event), surroundings_.now());
      if (goes_ahead) {
        wait_for = Outbox::record_ahead(db, made, standing->id);
        continue;
      }
      Outbox::record(db, made, outdated);
      if (const auto open = Outbox::open_entry_of(db, subject)) wait_for = open->id;
    }
    Outbox::wait_for(db, entry.id, wait_for, surroundings_.now());
  });
  return {};
}

} // namespace qb::delivery
