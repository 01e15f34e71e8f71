#include "rig.hpp"

#include <barrier>
#include <doctest/doctest.h>
#include <set>
#include <thread>

using namespace qb::oauth;

namespace {

constexpr erp::Instant minute_us = 60LL * 1'000'000;

// The different tokens that 16 threads get when they all ask at once; "" for none.
std::set<std::string> asked_at_once(
    const std::function<tl::expected<TokenSource::Access, TokenSource::NoAccess>()>& ask) {
  constexpr int threads = 16;
  std::barrier start(threads);
  std::mutex mutex;
  std::set<std::string> tokens;
  std::vector<std::thread> askers;
  for (int i = 0; i < threads; ++i)
    askers.emplace_back([&] {
      start.arrive_and_wait();
      const auto access = ask();
      const std::lock_guard lock(mutex);
      tokens.insert(access ? access->token : "");
    });
  for (std::thread& asker : askers)
    asker.join();
  return tokens;
}

} // namespace

TEST_CASE("sixteen threads at expiry make one token call") {
  Rig rig;
  rig.connect();
  auto source = rig.source();
  for (int round = 1; round <= 3; ++round) {
    rig.let_expire();
    const auto tokens = asked_at_once([&] { return source.access(); });
    REQUIRE(tokens.size() == 1);
    CHECK(rig.opens_the_company(*tokens.begin()));
    CHECK(rig.token_calls("refreshes") == round);
    CHECK(rig.token_calls("refused") == 0);
  }
}

TEST_CASE("sixteen threads with the same refused token make one token call") {
  Rig rig;
  rig.connect();
  auto source = rig.source();
  const std::string refused = source.access()->token;
  rig.tokens_do("expire_access");
  const auto tokens = asked_at_once([&] { return source.access_instead_of(refused); });
  REQUIRE(tokens.size() == 1);
  CHECK(*tokens.begin() != refused);
  CHECK(rig.opens_the_company(*tokens.begin()));
  CHECK(rig.token_calls("refreshes") == 1);
}

TEST_CASE("a token is renewed in its last five minutes and not before") {
  Rig rig;
  rig.connect();
  auto source = rig.source();
  const std::string first = source.access()->token;
  rig.let_expire(301);
  CHECK(source.access()->token == first);
  CHECK(rig.token_calls("refreshes") == 0);
  rig.let_expire(299);
  CHECK(source.access()->token != first);
  CHECK(rig.token_calls("refreshes") == 1);
}

TEST_CASE("a day of calls costs at most 25 token calls") {
  Rig rig;
  rig.connect();
  auto source = rig.source();
  for (int minute = 0; minute < 24 * 60; minute += 4) {
    rig.now += 4 * minute_us;
    REQUIRE(source.access());
  }
  CHECK(rig.token_calls("refreshes") >= 23);
  CHECK(rig.token_calls("refreshes") <= 25);
}

TEST_CASE("a rotated token replaces the old one, which is kept until the new one has worked") {
  Rig rig;
  const std::string first = rig.connect().connection.refresh_token;
  auto source = rig.source();
  rig.tokens_do("rotate_next");
  rig.let_expire();
  REQUIRE(source.access());
  const std::string second = rig.held().refresh_token;
  CHECK(second != first);
  CHECK(rig.held().previous_refresh_token == first);
  CHECK_FALSE(rig.held().refresh_in_flight);
  rig.let_expire();
  REQUIRE(source.access());
  CHECK(rig.held().refresh_token == second);
  CHECK(rig.held().previous_refresh_token == "");
}

TEST_CASE("the intent is on the disk before the call, the new pair before it is used") {
  Rig rig;
  const std::string old_access = rig.connect().connection.access_token;
  rig.tokens_do("rotate_next");
  Interposed network(rig.transport);
  bool intent_seen = false;
  network.before = [&] { intent_seen = rig.held().refresh_in_flight; };
  auto source = rig.source_over(network);
  rig.let_expire();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(network.calls == 1);
  CHECK(intent_seen);
  CHECK(rig.held().access_token == access->token);
  CHECK(access->token != old_access);
}

TEST_CASE("a crash during a refresh is made good at once") {
  Rig rig;
  auto held = rig.connect();
  held.connection.refresh_in_flight = true; // what the next process finds
  REQUIRE(rig.vault.save(held.connection, held.version));
  auto source = rig.source();
  const auto access = source.access();
  REQUIRE(access);
  CHECK(access->token != held.connection.access_token);
  CHECK(rig.token_calls("refreshes") == 1);
  CHECK_FALSE(rig.held().refresh_in_flight);
}

TEST_CASE("what another process renewed meanwhile is believed before invalid_grant is") {
  Rig rig;
  rig.connect();
  rig.tokens_do("rotate_next");
  rig.let_expire();
  Interposed network(rig.transport);
  std::string theirs;
  network.before = [&] { // while our request is on its way, somebody else's arrives first
    if (network.calls > 1) return;
    auto held = *rig.vault.load();
    const auto tokens =
        refresh(rig.transport, rig.endpoints, rig.credentials, held.connection.refresh_token);
    REQUIRE(tokens);
    theirs = tokens->access_token;
    renew(held.connection, *tokens, rig.now);
    REQUIRE(rig.vault.save(held.connection, held.version));
  };
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE(access);
  CHECK(access->token == theirs);
  CHECK(network.calls == 1);
  CHECK(rig.token_calls("refused") == 1);
  CHECK_FALSE(rig.held().reconnect_needed);
}

TEST_CASE("a company that was disconnected while we asked stays disconnected") {
  Rig rig;
  rig.connect();
  rig.let_expire();
  Interposed network(rig.transport);
  network.after = [&] { rig.vault.wipe(); };
  auto source = rig.source_over(network);
  const auto access = source.access();
  REQUIRE_FALSE(access);
  CHECK(access.error().not_connected);
  CHECK_FALSE(rig.vault.load());
}
