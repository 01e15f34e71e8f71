#pragma once

#include "emulated.hpp"
#include "http/curl_transport.hpp"
#include "oauth/token_source.hpp"
#include "store/database.hpp"

#include <atomic>
#include <functional>

// A plugin's tokens, a real store, a real network and a real emulator.
struct Rig {
  emulated::Emulator emulator;
  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "quickbooks.db").string()};
  qb::oauth::Key key = qb::oauth::make_key();
  qb::oauth::Vault vault{store, key};
  std::atomic<bool> cancelled{false};
  qb::http::CurlTransport transport;
  std::atomic<erp::Instant> now{1'800'000'000'000'000};
  qb::settings::Settings settings;
  qb::oauth::Credentials credentials;
  qb::oauth::Endpoints endpoints;
  // Each time after the connection was read, before the intent to renew it is written.
  std::function<void()> before_intent = [] {};

  Rig();
  // A person consents and the code is exchanged; what the vault then holds.
  qb::oauth::Vault::Versioned connect();
  qb::oauth::TokenSource source() { return source_over(transport); }
  qb::oauth::TokenSource source_over(qb::http::Transport& other);
  // "refreshes", "refused", "exchanges", "revokes", "rotations": as the emulator counted them.
  int token_calls(const std::string& what);
  void tokens_do(const std::string& what);
  qb::oauth::Connection held() { return vault.load()->connection; }
  // The access token is good for no more than that.
  void let_expire(int seconds_left = 0);
  bool opens_the_company(const std::string& token);
};

// The real network, with something happening before each call or after its answer.
struct Interposed final : qb::http::Transport {
  qb::http::Transport& inner;
  std::function<void()> before = [] {}, after = [] {};
  int calls = 0;
  explicit Interposed(qb::http::Transport& real) : inner(real) {}
  tl::expected<qb::http::Response, qb::http::Failure>
  exchange(const qb::http::Message& message) override;
};
