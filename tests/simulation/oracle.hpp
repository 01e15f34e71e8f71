#pragma once

#include "world.hpp"

#include <map>
#include <string>

namespace simulation {

// Says whether all is well once nothing goes wrong any more: for each document of the host one of
// the ends that the interface promises, and in QuickBooks what its newest version says. Works out
// for itself what that is.
class Oracle {
 public:
  explicit Oracle(World& world);
  void judge();

 private:
  using State = qb::outbox::State;
  void judge_order(const erp::Event& event, const qb::outbox::Entry& entry);
  void judge_receipt(const erp::Event& event, const qb::outbox::Entry& entry);
  void judge_part(const erp::Event& event, const qb::outbox::Entry& entry);
  void judge_held_up(const erp::Event& event, const qb::outbox::Entry& entry);
  void judge_bills();
  void judge_billed_line(const std::string& where, const Line& line, const Json& order_line,
                         std::int64_t received);
  bool stays_unlinked(const std::string& subject, const Json& bill_line, const Json& order,
                      const Line& line) const;
  void compare(const Order& order, const Json& standing);
  std::string expected_line(const Line& line) const;
  static Json standing_line(const Json& order, const Line& line);
  bool has_reason_to_wait(const erp::Event& event) const;
  bool order_has_reason(const Order& order) const;
  bool is_inactive(const char* entity, const std::string& name) const;
  const Order* newest_order(const std::string& id) const;
  std::string account(const char* name) const;
  void find_markers();
  void judge_others_orders();
  void wrong(const std::string& words) { world_.history_.violated(words); }

  World& world_;
  Books& books_;
  std::map<std::string, Json> marked_;  // live documents by the subject in their mark
  std::map<std::string, State> states_; // by subject
};

} // namespace simulation
