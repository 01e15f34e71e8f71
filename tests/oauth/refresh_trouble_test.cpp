#include "rig.hpp"

#include <doctest/doctest.h>

using namespace qb::oauth;
using emulated::json;

namespace {

constexpr const char* token_path = "/oauth2/v1/tokens/bearer";

json accident(const std::string& action, int times = 1) {
  return {{"path", token_path}, {"action", action}, {"times", times}};
}

constexpr erp::Instant second_us = 1'000'000;

} // namespace

TEST_CASE("a lost answer is asked for once more with the same token") {
  Rig rig;
  const std::string first = rig.connect().connection.refresh_token;
  rig.emulator.control("POST", "tokens", {{"do", "grace"}, {"seconds", 60}});
  rig.tokens_do("rotate_next");
  rig.emulator.order(accident("lost_answer"));
  rig.let_expire();
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(rig.opens_the_company(access->token));
  CHECK(rig.token_calls("refreshes") == 2);
  CHECK(rig.held().refresh_token != first);
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("two lost answers leave the intent open, and the next try closes it") {
  Rig rig;
  rig.connect();
  rig.emulator.order(accident("lost_answer", 2));
  rig.let_expire();
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK_FALSE(access.error().reconnect_needed);
  CHECK_FALSE(access.error().configuration);
  CHECK(rig.held().refresh_in_flight);
  CHECK(rig.token_calls("refreshes") == 2);
  REQUIRE(source.access());
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("a page instead of tokens is no reason to connect again") {
  for (const char* action : {"html", "cut"}) {
    CAPTURE(action);
    Rig rig;
    rig.connect();
    rig.emulator.order(accident(action, 2));
    rig.let_expire();
    auto source = rig.source();
    const auto access = source.access();
    REQUIRE_FALSE(access);
    CHECK_FALSE(access.error().reconnect_needed);
    REQUIRE(source.access());
  }
}

TEST_CASE("trouble of the token service is no reason to connect again") {
  Rig rig;
  rig.connect();
  auto rule = accident("status", 2);
  rule["status"] = 503;
  rig.emulator.order(rule);
  rig.let_expire();
  auto source = rig.source();
  CHECK_FALSE(source.access());
  CHECK(rig.token_calls("refreshes") == 0);
  REQUIRE(source.access());
}

TEST_CASE("while a token lasts a refresh that fails is tried again every half minute") {
  Rig rig;
  rig.connect();
  rig.emulator.order(accident("cut", 0));
  Interposed network(rig.transport);
  auto source = rig.source_over(network);
  const std::string old = rig.held().access_token;
  rig.let_expire(200);
  CHECK(source.access()->token == old);
  CHECK(network.calls == 2);
  CHECK(source.access()->token == old);
  CHECK(network.calls == 2);
  rig.now += 31 * second_us;
  CHECK(source.access()->token == old);
  CHECK(network.calls == 4);
  rig.let_expire(0);
  CHECK_FALSE(source.access());
  rig.emulator.control("DELETE", "faults");
  CHECK(source.access()->token != old);
}

TEST_CASE("a service that is not reached leaves no intent behind") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  rig.emulator.order({{"action", "refuse_handshake"}});
  Interposed network(rig.transport);
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(network.calls == 1);
  CHECK_FALSE(rig.held().refresh_in_flight);
  REQUIRE(source.access());
}

TEST_CASE("a connection that was ended in QuickBooks needs a person, and nobody is asked again") {
  Rig rig;
  const auto before = rig.connect().connection;
  rig.tokens_do("disconnect");
  rig.let_expire();
  Interposed network(rig.transport);
  auto source = rig.source_over(network);
  for (int i = 0; i < 3; ++i) {
    const auto access = source.access();
    REQUIRE_FALSE(access);
    CHECK(access.error().reconnect_needed);
    CHECK(access.error().words.find(before.refresh_token) == std::string::npos);
    CHECK(access.error().words.find(before.realm) == std::string::npos);
  }
  CHECK(network.calls == 1);
  CHECK(rig.held().refresh_token == before.refresh_token); // nothing is deleted
  CHECK(rig.held().reconnect_needed);
  rig.connect();
  CHECK(source.access());
}

TEST_CASE("a rotation whose answer was lost for good needs a person") {
  Rig rig;
  rig.connect();
  rig.tokens_do("rotate_next");
  rig.emulator.order(accident("lost_answer"));
  rig.let_expire();
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().reconnect_needed);
}

TEST_CASE("the token before an unproven one is tried before a person is called") {
  Rig rig;
  auto held = rig.connect();
  held.connection.previous_refresh_token = held.connection.refresh_token;
  held.connection.refresh_token = "AB1neverworkedatall";
  REQUIRE(rig.vault.save(held.connection, held.version));
  rig.let_expire();
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(rig.opens_the_company(access->token));
  CHECK(rig.held().refresh_token == held.connection.previous_refresh_token);
  CHECK(rig.held().previous_refresh_token == "");
}

TEST_CASE("a wrong secret is a matter of settings, and the connection survives it") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  const std::string right = rig.credentials.client_secret;
  rig.credentials.client_secret = "wrong";
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().configuration);
  CHECK_FALSE(access.error().reconnect_needed);
  CHECK(access.error().words.find("wrong.") == std::string::npos);
  rig.credentials.client_secret = right;
  CHECK(source.access());
}

namespace {

void run_sql(Rig& rig, const char* sql) {
  rig.store.write([&](qb::store::Connection& database) { database.run(sql); });
}

constexpr const char* fill_the_disk = "CREATE TRIGGER no_space BEFORE UPDATE ON vault BEGIN "
                                      "SELECT RAISE(ABORT, 'no space'); END";

std::string refresh_token_on_disk(Rig& rig) {
  return Vault(rig.store, rig.key).load()->connection.refresh_token;
}

} // namespace

TEST_CASE("a new pair that the disk refuses is used, outlives who asked for it, and is saved when "
          "the disk takes it") {
  Rig rig;
  const std::string first = rig.connect().connection.refresh_token;
  rig.tokens_do("rotate_next");
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = [&] { run_sql(rig, fill_the_disk); };
  std::string token;
  {
    auto source = rig.source_over(network);
    const auto access = source.access();
    REQUIRE(access);
    token = access->token;
  }
  CHECK(rig.vault.has_unsaved());
  CHECK(refresh_token_on_disk(rig) == first);
  CHECK(rig.opens_the_company(token));
  {
    auto next = rig.source_over(network); // of the next run of the job
    const auto access = next.access();
    REQUIRE(access);
    CHECK(access->token == token);
  }
  run_sql(rig, "DROP TRIGGER no_space");
  auto source = rig.source_over(network);
  REQUIRE(source.access());
  CHECK(source.access()->token == token);
  CHECK(network.calls == 1);
  CHECK_FALSE(rig.vault.has_unsaved());
  CHECK(refresh_token_on_disk(rig) != first);
  CHECK(rig.held().access_token == token);
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("a new pair that the disk refused is saved at the latest when the plugin ends") {
  Rig rig;
  const std::string first = rig.connect().connection.refresh_token;
  rig.tokens_do("rotate_next");
  rig.let_expire();
  {
    Vault vault(rig.store, rig.key);
    Interposed network(rig.transport);
    network.after = [&] { run_sql(rig, fill_the_disk); };
    TokenSource source(
        vault, network, [&] { return rig.now.load(); }, [&] { return rig.credentials; },
        [&] { return tl::expected<Endpoints, std::string>(rig.endpoints); });
    REQUIRE(source.access());
    run_sql(rig, "DROP TRIGGER no_space");
    CHECK(refresh_token_on_disk(rig) == first);
  }
  CHECK(refresh_token_on_disk(rig) != first);
}

TEST_CASE("an unsaved pair gives way to a connection that was made or ended meanwhile") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = [&] { run_sql(rig, fill_the_disk); };
  auto source = rig.source_over(network);
  REQUIRE(source.access());
  REQUIRE(rig.vault.has_unsaved());
  run_sql(rig, "DROP TRIGGER no_space");
  rig.vault.wipe();
  CHECK_FALSE(rig.vault.has_unsaved());
  CHECK_FALSE(rig.vault.load());
  CHECK(source.access().error().not_connected);
}

TEST_CASE("QuickBooks is not asked for a new pair before the intent is on the disk") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  bool intent_was_there = false;
  Interposed network(rig.transport);
  network.before = [&] {
    intent_was_there = Vault(rig.store, rig.key).load()->connection.refresh_in_flight;
  };
  run_sql(rig, fill_the_disk);
  auto source = rig.source_over(network);
  CHECK_THROWS((void)source.access());
  CHECK(network.calls == 0);
  run_sql(rig, "DROP TRIGGER no_space");
  REQUIRE(source.access());
  CHECK(network.calls == 1);
  CHECK(intent_was_there);
}
