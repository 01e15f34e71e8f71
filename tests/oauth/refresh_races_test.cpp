#include "rig.hpp"
#include "scripted.hpp"

#include <doctest/doctest.h>

using namespace qb::oauth;

// Somebody else, another process or a person, changes the connection while it is being renewed.
namespace {

constexpr erp::Instant second_us = 1'000'000;

// Saves what `change` makes of the connection, as another process would.
void elsewhere(
    Rig& rig, const std::function<void(Connection&)>& change = [](Connection&) {}) {
  auto held = *rig.vault.load();
  change(held.connection);
  REQUIRE(rig.vault.save(held.connection, held.version));
}

// A pair that is good for an hour.
void put_tokens(Rig& rig, Connection& connection, const std::string& access_token) {
  connection.access_token = access_token;
  connection.access_expires_at = rig.now + 3600 * second_us;
  connection.refresh_in_flight = false;
}

// Does it the first time only.
std::function<void()> once(std::function<void()> what) {
  return [what, done = false]() mutable {
    if (done) return;
    done = true;
    what();
  };
}

} // namespace

TEST_CASE("what another process renewed before we wrote our intent is used, and nobody is asked") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  std::string theirs;
  rig.before_intent = once([&] {
    auto other = rig.source();
    theirs = other.access()->token;
  });
  auto source = rig.source();
  CHECK(source.access()->token == theirs);
  CHECK(rig.token_calls("refreshes") == 1);
}

TEST_CASE("a company that is disconnected before we wrote our intent is not asked for") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  rig.before_intent = once([&] { rig.vault.wipe(); });
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().not_connected);
  CHECK(rig.token_calls("refreshes") == 0);
}

TEST_CASE("an intent that another process wrote before ours is made good by us") {
  Rig rig;
  rig.connect();
  rig.let_expire(200);
  rig.before_intent = once([&] {
    elsewhere(rig, [](Connection& connection) {
      connection.access_expires_at += 3600 * second_us;
      connection.refresh_in_flight = true;
    });
  });
  auto source = rig.source();
  REQUIRE(source.access());
  CHECK(rig.token_calls("refreshes") == 1);
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("a connection that changes again and again is left for later") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  int changes = 0;
  rig.before_intent = [&] {
    ++changes;
    elsewhere(rig);
  };
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK_FALSE(access.error().reconnect_needed);
  CHECK_FALSE(access.error().configuration);
  CHECK(access.error().words == "The connection is being changed by somebody else.");
  CHECK(changes == 4); // the first time and three that were followed
  CHECK(rig.token_calls("refreshes") == 0);
}

TEST_CASE("a new pair is kept also if something else of the connection changed meanwhile") {
  Rig rig;
  const std::string first = rig.connect().connection.refresh_token;
  rig.tokens_do("rotate_next");
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = [&] {
    elsewhere(rig, [](Connection& connection) { connection.company_name = "Renamed"; });
  };
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE(access);
  CHECK(network.calls == 1);
  CHECK(rig.held().access_token == access->token);
  CHECK(rig.held().refresh_token != first);
  CHECK(rig.held().company_name == "Renamed");
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("a new pair of one company is never written over another that was connected meanwhile") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = once([&] {
    auto held = *rig.vault.load();
    held.connection.realm = "9130000000000000001";
    put_tokens(rig, held.connection, "of-the-other-company");
    REQUIRE(rig.vault.connect(held.connection, held.version, [](qb::store::Connection&) {}));
  });
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE(access);
  CHECK(access->realm == "9130000000000000001");
  CHECK(access->token == "of-the-other-company");
  CHECK(rig.held().access_token == "of-the-other-company");
}

TEST_CASE("who connected the same company again while we asked keeps the tokens of the consent") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = once([&] {
    elsewhere(rig, [&](Connection& connection) {
      connection.refresh_token = "of-the-new-consent";
      put_tokens(rig, connection, "of-the-new-consent");
    });
  });
  auto source = rig.source_over(network);
  CHECK(source.access()->token == "of-the-new-consent");
  CHECK(rig.held().refresh_token == "of-the-new-consent");
}

TEST_CASE("a refusal does not overwrite what somebody else changed meanwhile") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  rig.emulator.order({{"action", "refuse_handshake"}});
  Interposed network(rig.transport);
  network.after = once([&] {
    elsewhere(rig,
              [&](Connection& connection) { put_tokens(rig, connection, "renewed-elsewhere"); });
  });
  auto source = rig.source_over(network);
  CHECK(source.access()->token == "renewed-elsewhere");
  CHECK(network.calls == 1);
}

TEST_CASE("instead of a refused token there is none where no company is connected") {
  Rig rig;
  auto source = rig.source();
  CHECK(source.access_instead_of("anything").error().not_connected);
  rig.connect();
  elsewhere(rig, [](Connection& connection) { connection.reconnect_needed = true; });
  CHECK(source.access_instead_of("anything").error().reconnect_needed);
}

TEST_CASE("a connection without an access token gets one") {
  Rig rig;
  rig.connect();
  elsewhere(rig, [](Connection& connection) { connection.access_token.clear(); });
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(rig.opens_the_company(access->token));
}

TEST_CASE("another token than the refused one is not used when it has run out itself") {
  Rig rig;
  const std::string held = rig.connect().connection.access_token;
  rig.let_expire(-1);
  auto source = rig.source();
  const auto access = source.access_instead_of("an older one");
  REQUIRE(access);
  CHECK(access->token != held);
  CHECK(rig.token_calls("refreshes") == 1);
}

TEST_CASE("where the addresses of the token service cannot be had, nothing is asked or written") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  const auto version = rig.vault.version();
  TokenSource source(
      rig.vault, rig.transport, [&] { return rig.now.load(); }, [&] { return rig.credentials; },
      [] {
        return tl::expected<Endpoints, std::string>(
            tl::unexpected(std::string("no discovery document")));
      });
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().words == "no discovery document");
  CHECK_FALSE(access.error().reconnect_needed);
  CHECK(rig.vault.version() == version);
}

TEST_CASE("after a clock was set back a renewal that failed is not put off") {
  Rig rig;
  rig.connect();
  rig.emulator.order({{"path", "/oauth2/v1/tokens/bearer"}, {"action", "cut"}, {"times", 0}});
  Interposed network(rig.transport);
  auto source = rig.source_over(network);
  rig.let_expire(100);
  REQUIRE(source.access());
  const int calls = network.calls;
  rig.now -= 20 * second_us;
  REQUIRE(source.access());
  CHECK(network.calls > calls);
}

TEST_CASE("where neither the newest token nor the one before it stands, a person is called") {
  Rig rig;
  rig.connect();
  elsewhere(rig, [](Connection& connection) {
    connection.refresh_token = "AB1neverworkedatall";
    connection.previous_refresh_token = "AB1noneeither";
  });
  rig.let_expire();
  Interposed network(rig.transport);
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().reconnect_needed);
  CHECK(network.calls == 2);
}

TEST_CASE("a refusal for a reason that we do not know is a matter of settings, and is no end") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  Scripted refusing(
      [](const auto&) { return response(400, R"({"error": "unsupported_grant_type"})"); });
  auto refused = rig.source_over(refusing);
  const auto access = refused.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().configuration);
  CHECK(refused.keys_refused());
  CHECK_FALSE(rig.held().refresh_in_flight);
  auto source = rig.source();
  REQUIRE(source.access());
  CHECK_FALSE(source.keys_refused());
}
