// Not with a sanitizer: it shadows terabytes of memory, which this would read, and keeps what was
// freed.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include "oauth/token_source.hpp"
#include "oauth/wipe.hpp"
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <cstring>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <random>
#include <sstream>
#include <unistd.h>

using namespace qb::oauth;

namespace {

constexpr char mask = 0x55;

// A secret that this test itself never has in the clear for longer than it hands it out.
class Disguised {
 public:
  explicit Disguised(std::size_t length) {
    std::random_device random;
    for (std::size_t i = 0; i < length; ++i)
      masked_ += static_cast<char>(static_cast<char>('a' + random() % 26) ^ mask);
  }
  explicit Disguised(const char* bytes, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i)
      masked_ += static_cast<char>(bytes[i] ^ mask);
  }
  void append_to(std::string& text) const { // which has room for it
    for (const char c : masked_)
      text += static_cast<char>(c ^ mask);
  }
  // How often it stands in what this process may write to.
  int times_in_memory() const;

 private:
  std::size_t matches_in(const char* bytes, std::size_t size) const {
    std::size_t count = 0;
    const char first = static_cast<char>(masked_[0] ^ mask);
    for (const char* at = bytes; size >= masked_.size();) {
      const void* found = std::memchr(at, first, size - masked_.size() + 1);
      if (!found) break;
      const char* here = static_cast<const char*>(found);
      std::size_t same = 0;
      while (same < masked_.size() && (here[same] ^ mask) == masked_[same])
        ++same;
      count += same == masked_.size();
      size -= static_cast<std::size_t>(here + 1 - at);
      at = here + 1;
    }
    return count;
  }
  std::string masked_;
};

int Disguised::times_in_memory() const {
  static std::vector<char> buffer(1u << 20);
  const auto own = reinterpret_cast<std::uint64_t>(buffer.data());
  const std::uint64_t own_end = own + buffer.size();
  std::vector<std::pair<std::uint64_t, std::uint64_t>> areas;
  {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
      std::uint64_t begin = 0, end = 0;
      char dash = 0;
      std::string rights;
      std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
      if (rights.rfind("rw", 0) != 0) continue;
      // All but the buffer, which holds what was read before and may lie amid other memory.
      if (begin < own) areas.emplace_back(begin, std::min(end, own));
      if (own_end < end) areas.emplace_back(std::max(begin, own_end), end);
    }
  }
  std::size_t count = 0;
  const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  REQUIRE(memory >= 0);
  for (const auto& [begin, end] : areas) {
    const std::uint64_t step =
        buffer.size() - (masked_.size() - 1); // none is cut, none counts twice
    for (std::uint64_t at = begin; at < end; at += step) {
      const auto got =
          ::pread(memory, buffer.data(), std::min<std::uint64_t>(end - at, buffer.size()),
                  static_cast<off_t>(at));
      if (got > 0) count += matches_in(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  std::fill(buffer.begin(), buffer.end(), '\0');
  ::close(memory);
  return static_cast<int>(count);
}

// Stands where Intuit does and gives the tokens it was told to, in answers that are wiped by who
// reads them.
struct Intuit final : qb::http::Transport {
  const Disguised* refresh = nullptr;
  const Disguised* access = nullptr;
  int calls = 0;
  tl::expected<qb::http::Response, qb::http::Failure> exchange(const qb::http::Message&) override {
    ++calls;
    qb::http::Response response;
    response.status = 200;
    response.body.reserve(512);
    response.body += R"({"token_type":"bearer","expires_in":3600,"access_token":")";
    access->append_to(response.body);
    response.body += R"(","x_refresh_token_expires_in":8726400,"refresh_token":")";
    refresh->append_to(response.body);
    response.body += "\"}";
    return response;
  }
};

} // namespace

TEST_CASE("a secret that lies in memory is found there, so that the tests below can fail") {
  const Disguised secret(40);
  CHECK(secret.times_in_memory() == 0);
  std::string text;
  text.reserve(64);
  secret.append_to(text);
  CHECK(secret.times_in_memory() == 1);
  wipe(text);
  CHECK(secret.times_in_memory() == 0);
}

TEST_CASE("replaced tokens and the vault's key leave nothing behind in memory") {
  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "a.db").string()};
  Intuit intuit;
  const Endpoints endpoints{"https://a.example.com", "https://b.example.com",
                            "https://c.example.com", "https://d.example.com"};
  const Disguised first(50), second(50), third(50), access(700);
  const auto expected_key = [&] {
    std::string text = key_to_text(make_key());
    const Wiped wiped(text);
    return Disguised(text.data(), text.size());
  }();
  std::optional<Disguised> raw_key;
  erp::Instant now = 1'800'000'000'000'000;
  {
    std::optional<Vault> vault;
    {
      std::string text;
      text.reserve(64);
      expected_key.append_to(text);
      const Wiped wiped(text);
      const auto key = key_from_text(text);
      REQUIRE(key);
      raw_key.emplace(reinterpret_cast<const char*>(key->data()), key->size());
      vault.emplace(store, *key);
    }
    intuit.access = &access;
    intuit.refresh = &first;
    {
      const auto tokens = exchange_code(intuit, endpoints, {"an id", "a secret of the application"},
                                        "a code", "https://erp.example.com/cb");
      REQUIRE(tokens);
      REQUIRE(vault->save(
          connection_of(*tokens, {"sandbox", "", ""}, "9341453000000001", "A company", now), 0));
    }
    TokenSource source(
        *vault, intuit, [&] { return now; },
        [] {
          return Credentials{"an id", "a secret of the application"};
        },
        [&] { return tl::expected<Endpoints, std::string>(endpoints); });
    for (const Disguised* next : {&second, &third}) {
      intuit.refresh = next;
      now += 3600LL * 1'000'000;
      REQUIRE(source.access());
    }
    CHECK(intuit.calls == 3);
    CHECK(expected_key.times_in_memory() == 0);
    CHECK(raw_key->times_in_memory() == 1); // in the page it is kept in
    for (const Disguised* token : {&first, &second, &third})
      CHECK(token->times_in_memory() == 0); // sealed in the vault
    {
      const auto held = vault->load();
      REQUIRE(held);
      CHECK(third.times_in_memory() == 1);
      CHECK_FALSE(revoke(intuit, endpoints, {"an id", "a secret of the application"},
                         held->connection.refresh_token));
    }
    vault->wipe();
  }
  CHECK(raw_key->times_in_memory() == 0);
  for (const Disguised* token : {&first, &second, &third})
    CHECK(token->times_in_memory() == 0);
}

#endif
