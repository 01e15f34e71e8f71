#include "crash/named_points.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

namespace crash {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds patience{20'000};
constexpr int rounds_per_world_max = 40;

} // namespace

const std::vector<Point>& points() {
  using Then = Point::Then;
  static const std::vector<Point> all{
      {"it arrived, and is carried out after the host's end", R"("action":"delay","hold":true)"},
      {"it arrived, and is never carried out", R"("action":"cut","hold":true)"},
      {"it arrived, and the connection was reset", R"("action":"cut","reset":true)", {}, 2},
      {"it was carried out, and the answer waits", R"("action":"late","hold":true)"},
      {"it was carried out, and the connection ended", R"("action":"lost_answer")", {}, 2},
      {"it was carried out, and the connection was reset",
       R"("action":"lost_answer","reset":true)",
       {},
       2},
      {"only the headers of the answer came", R"("action":"truncate","bytes":0)", {}, 2},
      {"half of the answer came", R"("action":"truncate","bytes":150)", {}, 2},
      {"the answer comes byte by byte", R"("action":"drip","bytes":1,"ms":20)", {}, 60},
      {"the answer comes in large pieces", R"("action":"drip","bytes":200,"ms":40)", {}, 60},
      {"the whole answer has just come", R"("action":"late","ms":5)", {}, 8},
      {"it was refused as unauthorised", R"("action":"unauthorized")", {}, 4},
      {"the service was down", R"("action":"status","status":503)", {}, 4},
      {"a page came instead of an answer", R"("action":"html")", {}, 4},
      {"both ended before it was carried out", R"("action":"delay","hold":true)", Then::kills_both},
      {"both ended after it was carried out", R"("action":"late","hold":true)", Then::kills_both}};
  return all;
}

const std::vector<Task>& tasks() {
  static const std::vector<Task> all{
      {"item", R"("method":"POST","path":"item")"},
      {"new order", R"("method":"POST","path":"purchaseorder")"},
      {"changed order", R"("method":"POST","path":"purchaseorder","body_contains":"SyncToken")"},
      {"bill", R"("method":"POST","path":"bill")"},
      {"token renewal", R"("method":"POST","path":"/oauth2/*")", Task::Renewal::old_token_lives_on},
      {"token renewal, the old one dies at once", R"("method":"POST","path":"/oauth2/*")",
       Task::Renewal::old_token_dies}};
  return all;
}

void NamedPoints::new_world() {
  world_.reset();
  world_ = std::make_unique<acceptance::World>(Traffic::world());
  traffic_ = std::make_unique<Traffic>(1);
  rounds_ = 0;
}

std::string NamedPoints::prepare(const Task& task) {
  const std::string name = task.name;
  if (name == "changed order" || name == "bill") world_->deliver(traffic_->create());
  if (name == "changed order") return traffic_->update_last();
  if (name == "bill") return traffic_->receive_last();
  return traffic_->create();
}

bool NamedPoints::reached(process::Running& host) const {
  const auto end = steady_clock::now() + patience;
  while (world_->faults_fired() == 0) {
    if (host.has_ended() || steady_clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(1));
  }
  return true;
}

void NamedPoints::kill_at(const Point& point, const Task& task) {
  const std::string where = std::string(task.name) + ": " + point.name;
  CAPTURE(where);
  if (!world_ || ++rounds_ > rounds_per_world_max) new_world();
  world_->must({"emit", "-"}, prepare(task));
  world_->control("DELETE", "faults");
  world_->fault("{" + std::string(task.request) + "," + point.accident + "}");
  if (task.renewal != Task::Renewal::none) {
    world_->control("POST", "tokens",
                    task.renewal == Task::Renewal::old_token_lives_on
                        ? R"({"do":"grace","seconds":600})"
                        : R"({"do":"grace","seconds":0})");
    world_->control("POST", "tokens", R"({"do":"rotate_next"})");
    world_->control("POST", "tokens", R"({"do":"expire_access"})");
  }
  process::Running host = world_->start_host({"drain", "quickbooks", "--timeout", "30"});
  if (!reached(host)) {
    const auto ended = host.wait();
    FAIL("the point was not reached: ", ended.out, ended.err);
  }
  std::this_thread::sleep_for(milliseconds(point.host_lives_on_ms));
  host.kill_hard();
  if (host.wait().signal == 9) ++kills_;
  if (point.then == Point::Then::kills_both) {
    world_->kill_emulator();
    world_->start_emulator();
  }
  world_->control("DELETE", "faults"); // what is held goes on now
  auto drained = world_->drain(60);
  if (drained.exit_code != 0 && task.renewal == Task::Renewal::old_token_dies) {
    // The only copy of the new token was on its way to a program that is dead: a person is told.
    REQUIRE_MESSAGE(world_->open_issues().size() == 1, drained.exit_code, drained.out, drained.err);
    world_->connect();
    ++connected_again_;
    drained = world_->drain(60);
  }
  REQUIRE_MESSAGE(drained.exit_code == 0, drained.out, drained.err);
  REQUIRE(traffic_->wrong_in(*world_) == "");
}

} // namespace crash
