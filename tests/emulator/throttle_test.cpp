#include "emulated.hpp"

#include <doctest/doctest.h>

using namespace emulated;

namespace {

const std::vector<std::string> documented{"--clock", "virtual", "--auto-consent", "Larkfield"};

json empty_batch() {
  return {{"BatchItemRequest", {{{"bId", "1"}, {"Query", "select count(*) from Vendor"}}}}};
}

} // namespace

TEST_CASE("the eleventh call within a second is throttled as Intuit says it") {
  Emulator emulator(documented);
  const auto token = emulator.connect()["access_token"];
  for (int i = 0; i < 10; ++i)
    CHECK(emulator.api(token, "GET", "preferences").status == 200);
  const auto refused = emulator.api(token, "GET", "preferences");
  CHECK(refused.status == 429);
  CHECK(refused.fault_code() == "3001");
  CHECK(refused.parsed()["fault"]["error"][0]["message"] ==
        "message=ThrottleExceeded; errorCode=003001; statusCode=429");
  CHECK_FALSE(refused.headers.contains("retry-after"));
  emulator.advance(1);
  CHECK(emulator.api(token, "GET", "preferences").status == 200);
  CHECK(emulator.count()["throttled"] == 1);
}

TEST_CASE("a company takes 500 calls a minute") {
  Emulator emulator(documented);
  const auto token = emulator.connect()["access_token"];
  for (int i = 0; i < 500; ++i) {
    if (i % 10 == 0) emulator.advance(1);
    REQUIRE(emulator.api(token, "GET", "preferences").status == 200);
  }
  emulator.advance(1);
  CHECK(emulator.api(token, "GET", "preferences").status == 429);
  emulator.advance(60);
  CHECK(emulator.api(token, "GET", "preferences").status == 200);
  CHECK(emulator.count()["metered"] == 501);
}

TEST_CASE("an app has 40 batches a minute at a company") {
  Emulator emulator(documented);
  const auto token = emulator.connect()["access_token"];
  for (int i = 0; i < 40; ++i) {
    if (i % 10 == 0) emulator.advance(1);
    REQUIRE(emulator.api(token, "POST", "batch", empty_batch()).status == 200);
  }
  emulator.advance(1);
  CHECK(emulator.api(token, "POST", "batch", empty_batch()).status == 429);
  CHECK(emulator.api(token, "GET", "preferences").status == 200);
  emulator.advance(60);
  CHECK(emulator.api(token, "POST", "batch", empty_batch()).status == 200);
}

TEST_CASE("an administrator's token is neither throttled nor counted") {
  Emulator emulator(documented);
  const auto token = emulator.administrator_token();
  for (int i = 0; i < 20; ++i)
    CHECK(emulator.api(token, "GET", "preferences").status == 200);
  CHECK(emulator.control("GET", "counts")["all"]["calls"] == 0);
}

TEST_CASE("throttling can be turned off") {
  Emulator emulator({"--clock", "virtual", "--auto-consent", "Larkfield", "--throttle", "off"});
  const auto token = emulator.connect()["access_token"];
  for (int i = 0; i < 20; ++i)
    CHECK(emulator.api(token, "GET", "preferences").status == 200);
  emulator.control("POST", "throttle", {{"throttle", "documented"}});
  for (int i = 0; i < 10; ++i)
    CHECK(emulator.api(token, "GET", "preferences").status == 200);
  CHECK(emulator.api(token, "GET", "preferences").status == 429);
}

TEST_CASE("reads are metered and writes are not") {
  Emulator emulator(documented);
  const auto token = emulator.connect()["access_token"];
  emulator.api(token, "POST", "vendor", {{"DisplayName", "Counted Tools"}});
  emulator.api(token, "POST", "vendor", {{"DisplayName", "Counted Tools"}}); // fault 6240
  emulator.api(token, "GET", "vendor/1");
  emulator.api(token, "GET", "query?query=select%20*%20from%20Vendor");
  const auto count = emulator.count();
  CHECK(count["calls"] == 4);
  CHECK(count["writes"] == 1);
  CHECK(count["metered"] == 2);
  CHECK(count["faults"] == 1);
  emulator.control("DELETE", "counts");
  CHECK(emulator.count().empty());
}
