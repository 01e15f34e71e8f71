#include "rig.hpp"

#include <doctest/doctest.h>

using namespace qb::oauth;

TEST_CASE("a consent becomes a connection that opens the company") {
  Rig rig;
  rig.connect();
  const Connection connection = rig.held();
  CHECK(connection.realm.size() > 10);
  CHECK(connection.refresh_token.size() > 20);
  CHECK(connection.previous_refresh_token == "");
  CHECK(connection.access_expires_at == rig.now + 3600LL * 1'000'000);
  CHECK(connection.refresh_expires_at > rig.now + 90LL * 86'400 * 1'000'000);
  CHECK(connection.refresh_hard_expires_at > rig.now + 4LL * 365 * 86'400 * 1'000'000);
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(access->realm == connection.realm);
  CHECK(rig.opens_the_company(access->token));
  CHECK(rig.token_calls("exchanges") == 1);
  CHECK(rig.token_calls("refreshes") == 0);
}

TEST_CASE("a code that was used is refused as such") {
  Rig rig;
  auto answer = rig.emulator.consent();
  REQUIRE(exchange_code(rig.transport, rig.endpoints, rig.credentials, answer["code"],
                        emulated::callback));
  const auto again = exchange_code(rig.transport, rig.endpoints, rig.credentials, answer["code"],
                                   emulated::callback);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == Refusal::Kind::invalid_grant);
}

TEST_CASE("the address we send a person to is one the emulator understands") {
  Rig rig;
  const std::string url =
      authorize_url(rig.endpoints, rig.credentials, emulated::callback, make_state());
  const auto page = rig.transport.exchange({"GET", url, {}, ""});
  REQUIRE(page);
  CHECK((page->status == 200 || page->status == 302));
}

TEST_CASE("revoking ends the connection") {
  Rig rig;
  rig.connect();
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK_FALSE(revoke(rig.transport, rig.endpoints, rig.credentials, rig.held().refresh_token));
  CHECK_FALSE(rig.opens_the_company(access->token));
  CHECK(rig.token_calls("revokes") == 1);
  CHECK_FALSE(revoke(rig.transport, rig.endpoints, rig.credentials, "AB1nosuchtoken"));
}

TEST_CASE("before anybody connected there is no access and nobody is asked") {
  Rig rig;
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().not_connected);
  CHECK_FALSE(access.error().reconnect_needed);
  CHECK(rig.token_calls("refreshes") + rig.token_calls("refused") == 0);
}

TEST_CASE("a vault that does not open asks a person to connect again") {
  Rig rig;
  rig.connect();
  Vault stranger(rig.store, make_key());
  TokenSource source(
      stranger, rig.transport, [&] { return rig.now.load(); }, [&] { return rig.credentials; },
      [&] { return tl::expected<Endpoints, std::string>(rig.endpoints); });
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().configuration);
  CHECK(access.error().reconnect_needed);
}
