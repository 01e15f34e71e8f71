#include "oauth/vault.hpp"

#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <filesystem>
#include <thread>
#include <vector>

using namespace qb::oauth;
using qb::store::Database;

namespace {

constexpr const char* realm = "9341453999000111222";

Connection sample() {
  Connection c;
  c.realm = realm;
  c.company_name = "Larkfield Fabrication (fictional)";
  c.refresh_token = "AB1canaryrefresh0000000000000";
  c.previous_refresh_token = "AB1canaryprevious000000000000";
  c.access_token = "eyJcanaryaccess0000000000000";
  c.access_expires_at = 1'800'000'000'000'000;
  c.refresh_expires_at = 1'900'000'000'000'000;
  c.refresh_hard_expires_at = 2'000'000'000'000'000;
  c.refresh_in_flight = true;
  return c;
}

// Everything that lies on the disk, one file after the other.
std::string all_bytes(const process::TemporaryFolder& folder) {
  std::string bytes;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path()))
    if (file.is_regular_file()) bytes += process::text_of(file.path());
  return bytes;
}

std::string sealed_bytes(Database& store) {
  std::string bytes;
  store.read([&](qb::store::Connection& database) {
    qb::store::Query row(database, "SELECT sealed FROM vault");
    if (row.step()) bytes = row.blob(0);
  });
  return bytes;
}

struct Place {
  process::TemporaryFolder folder;
  Database store{(folder / "quickbooks.db").string()};
  Key key = make_key();
  Vault vault{store, key};
};

} // namespace

TEST_CASE("a connection comes back as it was saved") {
  Place place;
  CHECK_FALSE(place.vault.load());
  CHECK(place.vault.version() == 0);
  const auto version = place.vault.save(sample(), 0);
  REQUIRE(version);
  const auto loaded = place.vault.load();
  REQUIRE(loaded);
  CHECK(loaded->version == *version);
  CHECK(place.vault.version() == *version);
  const Connection& c = loaded->connection;
  CHECK(c.realm == realm);
  CHECK(c.company_name == sample().company_name);
  CHECK(c.refresh_token == sample().refresh_token);
  CHECK(c.previous_refresh_token == sample().previous_refresh_token);
  CHECK(c.access_token == sample().access_token);
  CHECK(c.access_expires_at == sample().access_expires_at);
  CHECK(c.refresh_expires_at == sample().refresh_expires_at);
  CHECK(c.refresh_hard_expires_at == sample().refresh_hard_expires_at);
  CHECK(c.refresh_in_flight);
  CHECK_FALSE(c.reconnect_needed);
}

TEST_CASE("it is there after the file was closed and opened") {
  process::TemporaryFolder folder;
  const Key key = make_key();
  {
    Database store((folder / "q.db").string());
    REQUIRE(Vault(store, key).save(sample(), 0));
  }
  Database store((folder / "q.db").string());
  CHECK(Vault(store, key).load()->connection.refresh_token == sample().refresh_token);
}

TEST_CASE("who holds an old version saves nothing") {
  Place place;
  const auto first = place.vault.save(sample(), 0);
  REQUIRE(first);
  CHECK_FALSE(place.vault.save(sample(), 0));
  const auto second = place.vault.save(sample(), *first);
  REQUIRE(second);
  CHECK_FALSE(place.vault.save(sample(), *first));
  CHECK_FALSE(place.vault.save(sample(), *second + 1));
}

TEST_CASE("a version is never used twice, so an old one cannot save over a later connection") {
  Place place;
  const auto before = place.vault.save(sample(), 0);
  REQUIRE(before);
  place.vault.wipe();
  CHECK_FALSE(place.vault.save(sample(), *before));
  const auto after = place.vault.save(sample(), 0);
  REQUIRE(after);
  CHECK(*after > *before);
  CHECK_FALSE(place.vault.save(sample(), *before));
}

TEST_CASE("of eight who save over the same version one wins") {
  Place place;
  auto version = place.vault.save(sample(), 0);
  REQUIRE(version);
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> wins{0};
    std::atomic<std::int64_t> next{0};
    std::vector<std::thread> writers;
    for (int i = 0; i < 8; ++i)
      writers.emplace_back([&] {
        if (const auto won = place.vault.save(sample(), *version)) {
          ++wins;
          next = *won;
        }
      });
    for (std::thread& writer : writers)
      writer.join();
    CHECK(wins == 1);
    version = next.load();
  }
}

TEST_CASE("nothing secret lies on the disk in the clear") {
  Place place;
  auto version = place.vault.save(sample(), 0);
  for (int i = 0; i < 20; ++i)
    version = place.vault.save(sample(), *version);
  place.vault.bind_company(place.vault.fingerprint(realm));
  const std::string bytes = all_bytes(place.folder);
  REQUIRE(bytes.find(sealed_bytes(place.store)) != std::string::npos); // we look at the right files
  for (const char* canary : {"canary", realm, "Larkfield"}) {
    CAPTURE(canary);
    CHECK(bytes.find(canary) == std::string::npos);
  }
}

TEST_CASE("what was wiped is gone from the disk, sealed or not") {
  Place place;
  const auto first = place.vault.save(sample(), 0);
  const std::string old_seal = sealed_bytes(place.store);
  REQUIRE(place.vault.save(sample(), *first));
  const std::string seal = sealed_bytes(place.store);
  REQUIRE(all_bytes(place.folder).find(seal) != std::string::npos);
  place.vault.wipe();
  CHECK_FALSE(place.vault.load());
  CHECK(place.vault.version() == 0);
  const std::string bytes = all_bytes(place.folder);
  for (const std::string& gone : {seal, old_seal})
    CHECK(bytes.find(gone.substr(20, 60)) == std::string::npos);
}

TEST_CASE("another key opens nothing and says so") {
  Place place;
  REQUIRE(place.vault.save(sample(), 0));
  const Vault other(place.store, make_key());
  CHECK_THROWS_AS((void)other.load(), Unsealable);
  CHECK(other.version() == 1); // so that one can connect anew over it
}

TEST_CASE("the seal of one company does not open as another's") {
  Place here, there;
  Vault same_key(there.store, here.key);
  REQUIRE(here.vault.save(sample(), 0));
  Connection other = sample();
  other.realm = "4620816365000000002";
  REQUIRE(same_key.save(other, 0));
  const std::string seal = sealed_bytes(here.store);
  there.store.write([&](qb::store::Connection& database) {
    database.run("UPDATE vault SET sealed = ?1", qb::store::Blob{seal});
  });
  CHECK_THROWS_AS((void)same_key.load(), Unsealable);
}

TEST_CASE("a damaged seal is refused") {
  Place place;
  REQUIRE(place.vault.save(sample(), 0));
  const std::string seal = sealed_bytes(place.store);
  for (const std::size_t at : {std::size_t{0}, seal.size() / 2, seal.size() - 1}) {
    std::string changed = seal;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    place.store.write([&](qb::store::Connection& database) {
      database.run("UPDATE vault SET sealed = ?1", qb::store::Blob{changed});
    });
    CHECK_THROWS_AS((void)place.vault.load(), Unsealable);
  }
}

TEST_CASE("the company it is bound to survives a disconnect and tells nothing about the realm") {
  Place place;
  CHECK_FALSE(place.vault.bound_company());
  const std::string fingerprint = place.vault.fingerprint(realm);
  CHECK(fingerprint.size() == 32);
  CHECK(fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(fingerprint == place.vault.fingerprint(realm));
  CHECK(fingerprint != place.vault.fingerprint("1"));
  CHECK(fingerprint != Vault(place.store, make_key()).fingerprint(realm));
  place.vault.bind_company(fingerprint);
  REQUIRE(place.vault.save(sample(), 0));
  place.vault.wipe();
  CHECK(place.vault.bound_company().value_or("") == fingerprint);
}
