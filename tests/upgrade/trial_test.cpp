#include "coasters.hpp"

#include <doctest/doctest.h>

using namespace upgrade_test;
using Lines = std::vector<std::string>;

namespace {

void emit_new(const Harbor& harbor, int count) {
  for (int i = 0; i < count; ++i)
    harbor.emit("n-" + std::to_string(i), "new");
}

} // namespace

TEST_CASE(
    "a version on trial whose hooks fail is taken back by itself, and its events are not lost") {
  for (const char* const version : {"1.6.0", "1.7.0"}) {
    const Harbor harbor;
    harbor.emit("e-1");
    REQUIRE(harbor.upgrade(version).exit_code == 0);
    harbor.emit("e-2");
    harbor.drain();
    emit_new(harbor, 4);
    CHECK(harbor.version() == "1.0.0"); // the fifth event made it too many
    CHECK(has(harbor.notices(), "An upgrade was taken back"));
    CHECK(has(harbor.notices(), "failed on 4 of 5 events"));
    harbor.drain();
    CHECK(harbor.outside() == Lines{"e-1", "e-2", "n-0", "n-1", "n-2", "n-3"});
    CHECK(harbor.run({"events", "list", "--undelivered", "--json"}).out == "[]\n");
  }
}

TEST_CASE("few failures among many events leave a version on trial") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("1.6.0").exit_code == 0);
  for (int i = 0; i < 5; ++i)
    harbor.emit("e-" + std::to_string(i));
  emit_new(harbor, 1);
  CHECK(harbor.version() == "1.6.0");
  CHECK(harbor.listed().at("trial").at("failed_events") == 1);
}

TEST_CASE("an event that the version before failed on too does not count") {
  const Harbor harbor("1.6.0");
  emit_new(harbor, 6);
  REQUIRE(harbor.upgrade("1.7.0").exit_code == 0);
  harbor.drain();
  CHECK(harbor.version() == "1.7.0");
  CHECK(harbor.listed().at("trial").at("events") == 0);
}

TEST_CASE("a version that crashes the host again and again is taken back") {
  const Harbor harbor;
  harbor.emit("e-1");
  REQUIRE(harbor.upgrade("1.8.0").exit_code == 0);
  int crashed = 0;
  for (int i = 0; i < 3; ++i)
    crashed += harbor.emit("n-1", "new").signal != 0;
  CHECK(crashed == 3);
  CHECK(harbor.emit("e-2").exit_code == 0);
  CHECK(harbor.version() == "1.0.0");
  CHECK(has(harbor.notices(), "ended hard 3 times"));
  harbor.drain();
  CHECK(harbor.outside() == Lines{"e-1", "e-2", "n-1"});
}

TEST_CASE("a version that fails and cannot be taken back stays, and a person is told what to do") {
  const Harbor harbor;
  REQUIRE(harbor.upgrade("2.1.0").exit_code == 0);
  harbor.emit("e-1");
  harbor.drain();
  emit_new(harbor, 4);
  CHECK(harbor.version() == "2.1.0");
  const std::string notices = harbor.notices();
  CHECK(has(notices, "An upgrade does not work, and cannot be taken back"));
  CHECK(has(notices, "my data are of a newer version"));
  CHECK(has(notices, "Ask the publisher for a version that mends it"));
  CHECK(harbor.outside() == Lines{"e-1"});
}
