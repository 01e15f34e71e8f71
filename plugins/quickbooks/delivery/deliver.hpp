#pragma once

#include "company/company.hpp"
#include "core/mapping/plan.hpp"
#include "core/settings/settings.hpp"
#include "core/verdict/verdict.hpp"
#include "delivery/stored_references.hpp"
#include "inbox/inbox.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qb::delivery {

// What delivering needs besides the rooms.
struct Surroundings {
  std::function<erp::Instant()> now;
  std::function<int()> jitter_permille; // 0..999
  std::string company;                  // fingerprint of the connected company
  int unreachable_rounds = 0;           // runs in a row that found no way to QuickBooks
  // An issue was raised or closed, for the host's notices.
  std::function<void(const verdict::IssueWords&)> raised;
  std::function<void(const std::string& cause)> closed;
};

// QuickBooks' "object not found" (610). It does not say which object: that of an update, or one
// that the document names.
bool says_not_found(const verdict::Outcome& outcome);

// core's judgement, but for calls that our own pacing held back.
verdict::Verdict verdict_on(const verdict::Outcome& outcome, const std::string& subject,
                            int attempts, const Surroundings& surroundings);

// Takes one claimed entry from claimed to settled, released or blocked. One at a time.
class Delivery {
 public:
  Delivery(store::Database& store, company::Company& company, const settings::Settings& settings,
           Surroundings surroundings);

  // What the rest of the run may do.
  struct Next {
    enum class What { go_on, stop_until, reconnect };
    What what = What::go_on;
    erp::Instant until = 0;
    std::string words;
    bool unreachable = false; // no call got through
  };
  Next deliver(const outbox::Entry& entry);
  // The same for entries of different subjects that were claimed together: those that are ready to
  // be written go out in one batch if there are enough of them, the others one by one.
  // `between` is called before each call of QuickBooks; false stops, and what is left is released.
  Next deliver_all(const std::vector<outbox::Entry>& entries, const std::function<bool()>& between);

 private:
  struct Together { // one entry of a batch
    outbox::Entry entry;
    outbox::Seal seal;
  };
  std::optional<outbox::Seal> sealable(const outbox::Entry& entry, const erp::Event& event);
  Next write_batch(std::vector<Together> batch, const std::function<bool()>& between);
  Next send_batch(std::vector<Together> batch, const std::function<bool()>& between);
  bool note_leaving(std::vector<Together>& batch);
  Next write_singly(const std::vector<Together>& batch, const std::function<bool()>& between);
  Next look_up_each(const std::vector<Together>& batch, const std::function<bool()>& between);
  Next resend_batch(const std::vector<outbox::Seal>& seals, const std::function<bool()>& between);
  Next settle_doubt(const outbox::Entry& entry, const outbox::Seal& seal);
  bool refuses_the_call(const verdict::Outcome& outcome, const outbox::Entry& entry);
  bool is_old(const outbox::Seal& seal) const;
  void note_ended(const outbox::Seal& as_it_was, const company::Reply& reply);
  bool may_still_run(erp::Instant sent_at) const;
  Next look_later(const outbox::Entry& entry, const outbox::Seal& seal, erp::Instant sent_at);
  bool may_come_back(const outbox::Entry& entry, const mapping::Send& send);
  Next behind_fence(const outbox::Entry& entry, const std::function<Next()>& work);
  Next plan_and_write(const outbox::Entry& entry, const erp::Event& event, int attempts);
  outbox::Seal seal_of(const outbox::Entry& entry, const mapping::Send& send) const;
  bool is_written(const outbox::Seal& seal) const;
  bool waits_its_turn(const outbox::Entry& entry, const erp::Event& event);
  Next write(const outbox::Entry& entry, const mapping::Send& send, int attempts, bool& replan);
  Next send_sealed(const outbox::Entry& entry, outbox::Seal seal, int attempts, bool& replan);
  Next resend(const outbox::Entry& entry, outbox::Seal seal, bool& replan);
  // The object, if what was sealed stands in QuickBooks already.
  bool found_standing(const outbox::Seal& seal, company::Reply& reply);
  Next follow(const outbox::Entry& entry, const outbox::Seal& seal, const company::Reply& reply,
              int attempts, bool& replan);
  // After a fault that says something like it exists, or that ours is old: look, so that the next
  // plan knows.
  company::Reply look_up(const outbox::Seal& seal);
  Next read_first(const outbox::Entry& entry, const mapping::ReadFirst& read, bool& replan);
  Next put_first(const outbox::Entry& entry, const mapping::First& first);
  void settle_written(const outbox::Entry& entry, const outbox::Seal& seal,
                      const qbo::Value& object);
  void settle_removed(const outbox::Entry& entry, const outbox::Seal& seal);
  Next plan_anew(const outbox::Entry& entry, const outbox::Seal& seal,
                 const verdict::Block* blocked, const verdict::Outcome& outcome,
                 const company::Reply& seen, bool& replan);
  // A document that could not be deleted, because something is linked to it: it is closed instead.
  bool linked_meanwhile(const outbox::Seal& seal, const verdict::Block& blocked);
  void settle_gone(const outbox::Entry& entry, qbo::Entity entity, const std::string& id);
  void settle_known(const outbox::Entry& entry, const mapping::Known& known);
  void settle_nothing(const outbox::Entry& entry, const std::string& reason);
  void block(const outbox::Entry& entry, const std::vector<verdict::IssueWords>& issues);
  Next hold_company(const outbox::Entry& entry, const verdict::IssueWords& words);
  verdict::Verdict judge(const verdict::Outcome& outcome, const outbox::Entry& entry, int attempts);
  // `subject`: whose link led to it.
  Next is_gone(const outbox::Entry& entry, const std::string& subject, qbo::Entity entity,
               const std::string& id, const verdict::Outcome& outcome);
  Next undecided(const outbox::Entry& entry, const verdict::Outcome& outcome,
                 const verdict::Verdict& verdict);
  void remember(const qbo::Value& object, qbo::Entity entity);
  void learn_lines(const outbox::Seal& seal, const qbo::Value& standing);
  void learn_created(const outbox::Seal& seal, const qbo::Value& standing);

  store::Database& store_;
  company::Company& company_;
  const settings::Settings& settings_;
  Surroundings surroundings_;
  outbox::Outbox outbox_;
  links::Links links_;
  directory::Directory directory_;
  StoredReferences references_;
};

} // namespace qb::delivery
