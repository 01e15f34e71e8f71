#include "acceptance/killing.hpp"

#include <doctest/doctest.h>
#include <set>
#include <thread>

namespace acceptance {
namespace {

using std::chrono::milliseconds;

// The length of an emit or drain on a calm machine, and on a busy one.
constexpr int short_time_ms_max = 120, long_time_ms_max = 900;
constexpr milliseconds patience{20'000};

std::string cents(std::int64_t cents) {
  const std::string digits = std::to_string(cents + 1000); // at least four digits
  std::string whole = std::to_string(cents / 100);
  return plain(whole + "." + digits.substr(digits.size() - 2));
}

std::int64_t cents_of(const Order& order) {
  std::int64_t sum = 0; // these orders have whole cents
  for (const Line& line : order.lines)
    sum += std::stoll(*line.quantity) * 1250;
  return sum;
}

} // namespace

Killing::Killing(std::uint64_t seed, WorldOptions options)
    : engine_(seed), world_(std::move(options)) {
  items_before_ = world_.count("Item");
}

void Killing::add_round() {
  const int number = static_cast<int>(orders_.size());
  if (!orders_.empty()) {
    Order& last = orders_.back();
    last.version = 2;
    last.lines[0].quantity = std::to_string(dice(11, 99));
    last.lines[0].total = cents(cents_of({.lines = {last.lines[0]}}));
    last.lines.push_back(one_more_line());
    lines_.push_back(po_ordered("v2-" + last.id, last));
  }
  Order order = order_numbered(std::to_string(5000 + number));
  if (number % 3 == 1) {
    ++parts_;
    order.lines[0].part = Part{.id = "P-" + order.id, .number = "K" + order.id, .revision = "B"};
  }
  lines_.push_back(po_ordered("v1-" + order.id, order));
  orders_.push_back(order);
}

void Killing::kill_after_time(process::Running& program) {
  std::this_thread::sleep_for(
      milliseconds(dice(0, dice(0, 2) == 0 ? long_time_ms_max : short_time_ms_max)));
  if (program.has_ended()) return;
  program.kill_hard();
}

void Killing::kill_before_the_answer(process::Running& program, int nth) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!program.has_ended() && world_.counted("writes") < nth &&
         std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(milliseconds(1));
  program.kill_hard();
}

void Killing::kill_in_flight(process::Running& program) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!program.has_ended() && world_.counted("in_flight_max") == 0 &&
         std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(dice(0, 300)));
  program.kill_hard();
}

void Killing::kill_once() {
  const int events = dice(0, 5) == 0 ? dice(10, 14) : dice(1, 3); // now and then a whole batch
  std::string fresh;
  for (int i = 0; i < events; ++i) {
    const std::size_t before = lines_.size();
    add_round();
    for (std::size_t line = before; line < lines_.size(); ++line)
      fresh += lines_[line];
  }
  world_.reset_counts();
  const int way = dice(0, 9), nth = dice(1, 4);
  if (way < 3) {
    process::Running emit = world_.start_host({"emit", "-"});
    emit.write(fresh);
    emit.close_input();
    kill_after_time(emit);
    if (emit.wait().signal == 9) ++killed_emitting_;
    return;
  }
  world_.must({"emit", "-"}, fresh);
  const auto order_accident = [&](const char* action, int after) {
    world_.fault(R"({"method":"POST","path":"*","action":")" + std::string(action) +
                 R"(","ms":1000,"nth":)" + std::to_string(after) + "}");
  };
  if (way >= 7) order_accident("late", nth);
  if (way == 5 || way == 6) order_accident("delay", 1);
  process::Running drain = world_.start_host({"drain", "quickbooks", "--timeout", "30"});
  if (way >= 7)
    kill_before_the_answer(drain, nth);
  else if (way >= 5)
    kill_in_flight(drain);
  else
    kill_after_time(drain);
  if (drain.wait().signal != 9) return;
  ++killed_draining_;
  if (forgets_) world_.control("DELETE", "requestids");
  if (world_.counted("calls") + world_.counted("in_flight_max") > 0) ++kills_at_work_;
}

void Killing::run(int kills) {
  while (killed_emitting_ + killed_draining_ < kills)
    kill_once();
  world_.control("DELETE", "faults");
  std::string everything; // at least once, as hosts deliver
  for (const std::string& line : lines_)
    everything += line;
  const auto emitted = world_.emit(everything);
  REQUIRE_MESSAGE(emitted.exit_code == 0, emitted.out, emitted.err);
  const auto drained = world_.drain(120);
  REQUIRE_MESSAGE(drained.exit_code == 0, drained.out, drained.err);
}

void Killing::check() const {
  std::multiset<std::string> numbers;
  for (const Json& held : world_.objects("PurchaseOrder"))
    numbers.insert(held["DocNumber"].text());
  CHECK(numbers.size() == orders_.size());
  const Json entries = world_.run_json({"outbox", "list"});
  for (const Order& order : orders_) {
    std::string history = order.id + ", version " + std::to_string(order.version) + ":";
    for (const Json& entry : entries)
      if (entry["subject"].text() == "purchase_order/" + order.id) history += "\n" + entry.dump();
    CAPTURE(history);
    REQUIRE(numbers.count(order.id) == 1);
    const Json held = world_.purchase_order(order.id);
    CHECK(plain(held["TotalAmt"].text()) == cents(cents_of(order)));
    REQUIRE(held["Line"].size() == order.lines.size());
    for (std::size_t i = 0; i < order.lines.size(); ++i)
      CHECK(plain(held["Line"].at(i)["ItemBasedExpenseLineDetail"]["Qty"].text()) ==
            *order.lines[i].quantity);
  }
  std::set<std::string> names;
  for (const Json& item : world_.objects("Item"))
    CHECK_MESSAGE(names.insert(item["Name"].text()).second, item["Name"].text(), " is there twice");
  CHECK(names.size() == items_before_ + parts_);
  CHECK(world_.open_issues().size() == 0);
  const Json status = world_.run_json({"status"});
  CHECK(status["waiting"].integer() == 0);
  CHECK(status["blocked"].integer() == 0);
}

} // namespace acceptance
