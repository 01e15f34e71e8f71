// Several transactions in one call, for a backlog. A batch is no transaction: every
// item has its own outcome.
#include "delivery/deliver.hpp"

#include "delivery/digest.hpp"
#include "delivery/sealed_plan.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <algorithm>
#include <set>

namespace qb::delivery {
namespace {

using outbox::Entry;
using outbox::Outbox;
using outbox::Seal;
using verdict::OutcomeKind;

// The same seals in the same order give the same bytes: a batch is sent again whole and identical
// (docs/adr/0005).
std::string batch_body(const std::vector<Seal>& seals) {
  std::string body = "{\"BatchItemRequest\":[";
  for (const Seal& seal : seals)
    body += std::string(&seal == &seals.front() ? "" : ",") + "{\"bId\":\"" + seal.batch_item +
            "\",\"operation\":\"" + (seal.entity_id.empty() ? "create" : "update") + "\",\"" +
            seal.entity + "\":" + seal.body + "}";
  return body + "]}";
}

const qbo::Value* item_in(const qbo::Value& answer, const std::string& batch_item) {
  const qbo::Value* items = answer.find("BatchItemResponse");
  if (!items || !items->items()) return nullptr;
  for (const qbo::Value& item : *items->items())
    if (item.text_of("bId") == batch_item) return &item;
  return nullptr;
}

// What one item's part of the answer means, as if it had been sent alone.
company::Reply reply_for(const Seal& seal, const company::Reply& whole) {
  company::Reply reply;
  reply.outcome = whole.outcome;
  reply.duration_ms = whole.duration_ms;
  if (whole.outcome.kind != OutcomeKind::accepted) return reply;
  const qbo::Value* item = item_in(whole.answer, seal.batch_item);
  if (!item) {
    reply.outcome.kind = OutcomeKind::lost;
    reply.outcome.words = "the batch's answer says nothing of this document";
    return reply;
  }
  reply.answer = *item;
  if (item->find(seal.entity)) return reply;
  reply.outcome.fault = qbo::fault_in(*item);
  reply.outcome.kind = verdict::kind_of_refusal(200, reply.outcome.fault);
  return reply;
}

std::int64_t batch_size_of(const Seal& seal) {
  return sealed_plan_from(seal.plan_json).batch_size;
}

} // namespace

// What would be sealed for the entry, if it is ready to be written just as it stands: nothing of it
// is in doubt, nothing else must come first, nothing stands in the way.
std::optional<Seal> Delivery::sealable(const Entry& entry, const erp::Event& event) {
  if (const auto before = outbox_.unanswered(entry.id); before && before->first_sent_at != 0)
    return std::nullopt;
  references_.forget_reads();
  const mapping::Plan plan = mapping::plan(event, entry.derived, references_, settings_);
  const auto* send = std::get_if<mapping::Send>(&plan);
  // A deletion, and a number that another one carries, take words of their own on the call.
  if (!send || !qbo::is_transaction(send->entity) || send->remove || send->allows_double_number)
    return std::nullopt;
  Seal seal = seal_of(entry, *send);
  if (is_written(seal) || seal.body.size() > batch_item_max_bytes) return std::nullopt;
  return seal;
}

Delivery::Next Delivery::deliver_all(const std::vector<Entry>& entries,
                                     const std::function<bool()>& between) {
  std::vector<Together> ready;
  std::set<std::int64_t> done;
  for (const Entry& entry : entries) {
    bool blocked = true;
    behind_fence(entry, [&] {
      const auto event = erp::event_from_json(entry.snapshot);
      if (event && waits_its_turn(entry, *event)) return Next{}; // for now there is nothing to do
      if (auto seal = event ? sealable(entry, *event) : std::nullopt)
        ready.push_back({entry, std::move(*seal)});
      blocked = false;
      return Next{};
    });
    if (blocked) done.insert(entry.id);
  }
  const bool batched = static_cast<int>(ready.size()) >= batch_count_min;

  Next next;
  const auto release = [&](const Entry& entry) {
    store_.write(
        [&](store::Connection& db) { Outbox::release(db, entry.id, surroundings_.now(), false); });
  };
  if (batched) {
    for (const Together& one : ready)
      done.insert(one.entry.id);
    next = write_batch(std::move(ready), between);
  }
  for (const Entry& entry : entries) {
    if (done.count(entry.id)) continue;
    if (next.what != Next::What::go_on || !between()) {
      release(entry);
      continue;
    }
    const auto seal = outbox_.unanswered(entry.id);
    if (seal && seal->first_sent_at != 0 && !seal->batch_item.empty()) {
      const std::vector<Seal> group = outbox_.sealed_together(seal->request_id);
      for (const Seal& one : group)
        done.insert(one.entry_id);
      next = resend_batch(group, between);
    } else {
      next = behind_fence(entry, [&] { return deliver(entry); });
    }
  }
  return next;
}

Delivery::Next Delivery::write_batch(std::vector<Together> batch,
                                     const std::function<bool()>& between) {
  const std::string request_id = new_request_id();
  int position = 0;
  for (Together& one : batch) {
    SealedPlan plan = sealed_plan_from(one.seal.plan_json);
    plan.batch_size = static_cast<std::int64_t>(batch.size());
    one.seal.plan_json = to_json(plan);
    one.seal.request_id = request_id;
    one.seal.batch_item = std::to_string(++position);
  }
  return send_batch(std::move(batch), between);
}

// All of the batch is noted as sent, or nothing of it. False: one was superseded or discarded
// meanwhile; the others go out in another batch, without it.
bool Delivery::note_leaving(std::vector<Together>& batch) {
  bool all_open = true;
  store_.write([&](store::Connection& db) {
    for (Together& one : batch)
      all_open =
          (one.seal.id != 0 ? Outbox::may_be_sent(db, one.seal.id) : Outbox::seal(db, one.seal)) &&
          all_open;
    for (const Together& one : batch)
      if (all_open)
        Outbox::mark_sent(db, one.seal.id, surroundings_.now());
      else
        Outbox::release(db, one.entry.id, surroundings_.now(), false);
  });
  return all_open;
}

Delivery::Next Delivery::send_batch(std::vector<Together> batch,
                                    const std::function<bool()>& between) {
  std::vector<Seal> seals; // as they were before
  seals.reserve(batch.size());
  for (const Together& one : batch)
    seals.push_back(one.seal);
  qbo::Request request;
  request.method = qbo::Method::post;
  request.path = "batch";
  request.body = batch_body(seals);
  const std::string request_id = seals.front().request_id;
  const company::Reply whole =
      company_.call(request, request_id, [&] { return note_leaving(batch); });
  if (whole.withheld) return {};
  note_ended(seals.front(), whole);

  if (refuses_the_call(whole.outcome, batch.front().entry)) {
    // A refusal answers this send. Of an earlier one, whose answer was lost, it says nothing.
    const bool earlier_in_doubt = std::any_of(
        seals.begin(), seals.end(), [](const Seal& seal) { return seal.first_sent_at != 0; });
    if (!earlier_in_doubt) return write_singly(batch, between);
    return look_up_each(batch, between);
  }

  Next next;
  for (const Together& one : batch) {
    bool replan = false;
    const Next after = behind_fence(one.entry, [&] {
      return follow(one.entry, one.seal, reply_for(one.seal, whole), one.entry.attempts, replan);
    });
    if (after.what != Next::What::go_on) next = after;
    if (!replan) continue;
    const auto event = erp::event_from_json(one.entry.snapshot);
    if (event && next.what == Next::What::go_on && between())
      next = behind_fence(
          one.entry, [&] { return plan_and_write(one.entry, *event, one.entry.attempts + 1); });
    else
      store_.write([&](store::Connection& db) {
        Outbox::release(db, one.entry.id, surroundings_.now(), true);
      });
  }
  return next;
}

// Is it the batch itself that QuickBooks refused, and not the app, the company or the hour?
bool Delivery::refuses_the_call(const verdict::Outcome& outcome, const Entry& entry) {
  if (outcome.kind != OutcomeKind::rejected) return false;
  const verdict::Verdict verdict = judge(outcome, entry, entry.attempts);
  if (const auto* blocked = std::get_if<verdict::Block>(&verdict))
    return !verdict::concerns_company(blocked->issue);
  return std::holds_alternative<verdict::Adopt>(verdict) ||
         std::holds_alternative<verdict::Reseal>(verdict);
}

// Nothing was done, and each gets a call of its own.
Delivery::Next Delivery::write_singly(const std::vector<Together>& batch,
                                      const std::function<bool()>& between) {
  Next next;
  for (const Together& one : batch) {
    const auto event = erp::event_from_json(one.entry.snapshot);
    const bool go_on = event && next.what == Next::What::go_on && between();
    store_.write([&](store::Connection& db) {
      Outbox::answered(db, one.seal.id, surroundings_.now());
      if (!go_on) Outbox::release(db, one.entry.id, surroundings_.now(), false);
    });
    if (go_on)
      next = behind_fence(one.entry,
                          [&] { return plan_and_write(one.entry, *event, one.entry.attempts); });
  }
  return next;
}

// Whole and identical, or not at all: if one of it is settled already, or much time has passed,
// each is looked up.
Delivery::Next Delivery::resend_batch(const std::vector<Seal>& seals,
                                      const std::function<bool()>& between) {
  std::vector<Together> batch;
  for (const Seal& seal : seals)
    if (auto entry = outbox_.find(seal.entry_id)) batch.push_back({*entry, seal});
  if (static_cast<std::int64_t>(batch.size()) != batch_size_of(seals.front()) ||
      is_old(seals.front()) || seals.front().company != surroundings_.company)
    return look_up_each(batch, between);
  return send_batch(std::move(batch), between);
}

Delivery::Next Delivery::look_up_each(const std::vector<Together>& batch,
                                      const std::function<bool()>& between) {
  Next next;
  for (const Together& one : batch) {
    if (next.what != Next::What::go_on || !between()) {
      store_.write([&](store::Connection& db) {
        Outbox::release(db, one.entry.id, surroundings_.now(), false);
      });
      continue;
    }
    next = behind_fence(one.entry, [&] { return settle_doubt(one.entry, one.seal); });
  }
  return next;
}

// A document of a batch that cannot be sent again as it was: it stands in QuickBooks, or it is
// written anew.
Delivery::Next Delivery::settle_doubt(const Entry& entry, const Seal& seal) {
  if (seal.company != surroundings_.company) {
    bool replan = false;
    return resend(entry, seal, replan);
  }
  company::Reply seen;
  bool replan = false;
  if (!seal.entity_id.empty())
    seen = look_up(seal);
  else if (found_standing(seal, seen))
    return follow(entry, seal, seen, entry.attempts, replan);
  if (seen.outcome.kind != OutcomeKind::accepted)
    return undecided(entry, seen.outcome, judge(seen.outcome, entry, entry.attempts));
  const erp::Instant sent_at = outbox_.last_doubtful_send_at(seal.request_id);
  if (seal.entity_id.empty() && may_still_run(sent_at)) return look_later(entry, seal, sent_at);
  // It is not there, or it is an update, which is made anew upon what was just seen.
  store_.write([&](store::Connection& db) { Outbox::answered(db, seal.id, surroundings_.now()); });
  const auto event = erp::event_from_json(entry.snapshot);
  return event ? plan_and_write(entry, *event, entry.attempts + 1) : Next{};
}

} // namespace qb::delivery
