#pragma once

#include "dice.hpp"
#include "erp/sdk/document.hpp"
#include "swarm.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace simulation {

// One line as the host has it. Costs in ten-thousandths, so that lines must be rounded to cents.
struct Line {
  std::string id;
  int part = 0;          // index; -1: none
  int quantity = 0;      // 0: none
  std::int64_t cost = 0; // of one; of a line without quantity, of all
  std::string code;      // expense code; "" : none
  std::int64_t total() const { return quantity == 0 ? cost : quantity * cost; }
};

struct Order {
  std::string id;
  int version = 1;
  enum class Status { ordered, closed, cancelled } status = Status::ordered;
  int supplier = 0;
  std::vector<Line> lines;
  std::int64_t fee = 0; // 0: none
  std::string memo;
  bool was_received = false; // its lines stay from then on
};

struct Receipt {
  std::string id;
  std::string order;
  std::map<std::string, int> received; // by line
  bool complete = false;
};

// What the host has told the plugin of one document, and whether the hook took it.
struct Told {
  erp::Event event;
  bool was_accepted = false;
};

// The host's documents and what people do with them: orders, changes, receipts, corrections,
// cancellations. Makes events, and knows what was said last of each document.
class Erp {
 public:
  Erp(Dice& dice, const Swarm& swarm);

  // Something happens in the host; its events are ready to be handed over.
  void something_happens(erp::Instant now);
  // Every order that others deleted in QuickBooks is saved once more, so that it is looked at.
  void save_again(const std::string& order_id, erp::Instant now);

  std::deque<Told>& to_tell() { return to_tell_; } // oldest first
  // The newest accepted event of each subject.
  const std::map<std::string, erp::Event>& accepted() const { return accepted_; }
  void accept(const erp::Event& event);
  const std::vector<erp::Event>& all_accepted() const { return all_accepted_; }

  // As it stood in the event.
  const Order& order_of(const erp::Event& event) const { return orders_told_.at(event.event_id); }
  const Receipt& receipt_of(const erp::Event& event) const {
    return receipts_told_.at(event.event_id);
  }
  // The number of an order that the host is going to have, 0: of the next one.
  std::string coming_number(int ahead) const {
    return std::to_string(1001 + orders_.size() + static_cast<std::size_t>(ahead));
  }
  static std::string supplier_name(int supplier);
  static std::string item_name(int part);
  static constexpr int suppliers = 6, parts = 8;
  static constexpr const char* good_code = "5100";
  static constexpr const char* bad_code = "5999"; // no such account

 private:
  void order(erp::Instant now);
  void change(erp::Instant now);
  void receive(erp::Instant now);
  void correct(erp::Instant now);
  void cancel(erp::Instant now);
  void save_part(erp::Instant now);
  void save_supplier(erp::Instant now);
  Line new_line(int number);
  void tell(erp::Event event, erp::Instant now);
  void tell_order(const Order& order, erp::EventKind kind, erp::Instant now);
  void tell_receipt(const Receipt& receipt, erp::EventKind kind, erp::Instant now);

  Dice& dice_;
  std::vector<Order> orders_;
  std::vector<Receipt> receipts_;
  std::map<int, int> part_texts_; // how often a part's description was changed
  std::deque<Told> to_tell_;
  std::map<std::string, erp::Event> accepted_;
  std::vector<erp::Event> all_accepted_;
  std::map<std::string, Order> orders_told_;     // by event
  std::map<std::string, Receipt> receipts_told_; // by event
  int events_ = 0;
  std::string next_event_id_;
};

} // namespace simulation
