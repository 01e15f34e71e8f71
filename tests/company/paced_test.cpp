#include "company/paced.hpp"
#include "company/traced.hpp"

#include <doctest/doctest.h>

using namespace qb::company;
using qb::qbo::Entity;
using qb::verdict::OutcomeKind;

namespace {

constexpr erp::Instant second_us = 1'000'000;
constexpr erp::Instant epoch = 1'800'000'000'000'000;

// The company behind the decorators: answers what it is told to.
struct Behind final : Company {
  Reply reply;
  std::vector<erp::Instant>& starts;
  const erp::Instant& now;
  Behind(Reply r, std::vector<erp::Instant>& s, const erp::Instant& n)
      : reply(std::move(r)), starts(s), now(n) {}
  using Company::call;
  Reply call(const qb::qbo::Request&, const std::string&, const Leaving& leaving) override {
    if (!leaving()) return {};
    starts.push_back(now);
    return reply;
  }
};

struct Scene {
  erp::Instant now = epoch;
  erp::Instant deadline = epoch + 3600 * second_us;
  std::vector<erp::Instant> starts;
  Pacer pacer{Limits{}, erp::Decimal(1), false};
  Paced paced;

  explicit Scene(OutcomeKind kind = OutcomeKind::accepted, std::optional<int> retry_after = {})
      : paced(
            std::make_unique<Behind>(answer(kind, retry_after), starts, now), pacer,
            [this] { return now; },
            [this](erp::Instant until) {
              if (until > deadline) return false;
              now = until;
              return true;
            }) {}
  static Reply answer(OutcomeKind kind, std::optional<int> retry_after) {
    Reply reply;
    reply.outcome.kind = kind;
    reply.outcome.retry_after_s = retry_after;
    return reply;
  }
  Reply call() { return paced.call(qb::qbo::create_or_update(Entity::bill, "{}"), "r"); }
};

} // namespace

TEST_CASE("calls wait for their turn") {
  Scene scene;
  for (int i = 0; i < 100; ++i)
    CHECK(scene.call().outcome.kind == OutcomeKind::accepted);
  REQUIRE(scene.starts.size() == 100);
  for (std::size_t i = 8; i < 100; ++i)
    CHECK(scene.starts[i] - scene.starts[i - 8] >= second_us);
}

TEST_CASE("a turn beyond the deadline is not waited for and QuickBooks is not asked") {
  Scene scene;
  for (int i = 0; i < 8; ++i)
    (void)scene.call();
  scene.deadline = scene.now;
  const Reply reply = scene.call();
  CHECK(reply.outcome.kind == OutcomeKind::throttled);
  CHECK(reply.outcome.http_status == 0);
  CHECK(reply.outcome.retry_after_s == 1);
  CHECK(scene.starts.size() == 8);
}

TEST_CASE("after a 429 the company rests a minute, or longer if it is told to") {
  for (const auto& [asked, rest] :
       {std::pair<std::optional<int>, int>{std::nullopt, 60}, {5, 60}, {90, 90}}) {
    Scene scene(OutcomeKind::throttled, asked);
    (void)scene.call();
    (void)scene.call();
    REQUIRE(scene.starts.size() == 2);
    CHECK(scene.starts[1] - scene.starts[0] == rest * second_us);
  }
}

TEST_CASE("other outcomes do not make it rest") {
  Scene scene(OutcomeKind::server_trouble);
  (void)scene.call();
  (void)scene.call();
  CHECK(scene.starts[1] == scene.starts[0]);
}

TEST_CASE("a trace has ids and codes and not the company") {
  erp::Instant now = epoch;
  std::vector<erp::Instant> starts;
  Reply reply;
  reply.outcome.kind = OutcomeKind::rejected;
  reply.outcome.http_status = 400;
  reply.outcome.intuit_tid = "1-a";
  reply.outcome.fault = qb::qbo::Fault{"ValidationFault", {{"6240", "m", "d", ""}}};
  reply.duration_ms = 12;
  std::vector<Trace> traces;
  Traced traced(std::make_unique<Behind>(reply, starts, now),
                [&](const Trace& trace) { traces.push_back(trace); });
  (void)traced.call(qb::qbo::create_or_update(Entity::bill, "{}"), "r-1");
  (void)traced.call(qb::qbo::read(Entity::company_info, "9341453000000001"), "");
  REQUIRE(traces.size() == 2);
  CHECK(traces[0].method == "POST");
  CHECK(traces[0].path == "bill");
  CHECK(traces[0].http_status == 400);
  CHECK(traces[0].outcome == "rejected");
  CHECK(traces[0].code == "6240");
  CHECK(traces[0].intuit_tid == "1-a");
  CHECK(traces[0].request_id == "r-1");
  CHECK(traces[0].duration_ms == 12);
  CHECK(traces[1].method == "GET");
  CHECK(traces[1].path == "companyinfo/*");
}

TEST_CASE("a clock that was set back a day holds no call up for longer than a minute") {
  Scene scene;
  for (int i = 0; i < 480; ++i)
    (void)scene.call();
  const erp::Instant right = scene.now - 24 * 3600 * second_us;
  scene.now = right;
  scene.deadline = right + 3600 * second_us;
  CHECK(scene.call().outcome.kind == OutcomeKind::accepted);
  CHECK(scene.now - right <= 60 * second_us);
}

TEST_CASE("a pause that a 429 asked for is no longer because the clock is set back") {
  Scene scene(OutcomeKind::throttled, 90);
  (void)scene.call();
  const erp::Instant right = scene.now - 24 * 3600 * second_us;
  scene.now = right;
  scene.deadline = right + 3600 * second_us;
  (void)scene.call();
  CHECK(scene.starts.size() == 2);
  CHECK(scene.now == right + 90 * second_us);
}

TEST_CASE("no answer can hold us for longer than a day") {
  Scene scene(OutcomeKind::throttled, 2'000'000'000);
  scene.deadline = epoch + 100LL * 24 * 3600 * second_us;
  (void)scene.call();
  (void)scene.call();
  CHECK(scene.now == epoch + 24 * 3600 * second_us);
}
