#include "connection/consent_end.hpp"
#include "connection/home.hpp"

#include <doctest/doctest.h>

using namespace acceptance;
using qb::connection::consent_end;
using qb::connection::consent_end_next_look;

namespace {

constexpr erp::Instant day = 86'400LL * 1'000'000;
constexpr erp::Instant noon = 1'763'640'000LL * 1'000'000;

} // namespace

TEST_CASE("the end of the consent is told 30, 14, 7 and 2 days ahead") {
  CHECK_FALSE(consent_end(noon + 31 * day, false, noon));
  const auto month = consent_end(noon + 30 * day, false, noon);
  REQUIRE(month);
  CHECK(month->title == "The consent to use QuickBooks ends in 30 days");
  CHECK_FALSE(month->is_urgent);
  CHECK(has(month->text, "unless the connection is used before"));
  CHECK_FALSE(consent_end(noon + 14 * day, false, noon)->is_urgent);
  CHECK(consent_end(noon + 7 * day, false, noon)->is_urgent);
  CHECK(consent_end(noon + day / 2, false, noon)->title ==
        "The consent to use QuickBooks ends within a day");
  CHECK(has(consent_end(noon + 2 * day, true, noon)->text, "for good"));
  CHECK(has(consent_end(noon - day, false, noon)->title, "has run out"));

  erp::Instant now = noon;
  std::vector<std::int64_t> days_ahead;
  while (const auto look = consent_end_next_look(noon + 100 * day, now)) {
    now = *look;
    days_ahead.push_back((noon + 100 * day - now) / day);
  }
  CHECK(days_ahead == std::vector<std::int64_t>{30, 14, 7, 2, 0});
}

TEST_CASE("a connection that lies idle has its end announced, and use puts it off") {
  World world;
  world.deliver(po_ordered("e-1", order_numbered("1042")));
  CHECK_FALSE(has(notices(world).dump(), "consent"));
  constexpr int day_s = 86'400;
  world.stop_emulator(); // else the daily reading would use it
  host_later(world, 75 * day_s, {"drain", "quickbooks"});
  CHECK(has(notices(world).dump(), "ends in 26 days"));
  host_later(world, 90 * day_s, {"drain", "quickbooks"});
  CHECK(has(notices(world).dump(), "ends in 11 days"));
  CHECK_FALSE(has(notices(world).dump(), "ends in 26 days"));
  // An order renews the token, and with it the consent.
  world.start_emulator();
  CHECK(world.emit(po_ordered("e-2", order_numbered("1043"))).exit_code == 0);
  CHECK(drain_later(world, 90 * day_s).exit_code == 0);
  CHECK_FALSE(has(notices(world).dump(), "consent"));
}
