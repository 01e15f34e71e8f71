#include "oauth/vault.hpp"

#include "oauth/connection_bytes.hpp"
#include "oauth/seal.hpp"
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
  c.place = {"emulator", "https://127.0.0.1:8443", "https://127.0.0.1:8443"};
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

struct Site {
  process::TemporaryFolder folder;
  Database store{(folder / "quickbooks.db").string()};
  Key key = make_key();
  Vault vault{store, key};
};

// Each with its company's connection; whoever has the key of one has the other's.
struct OneKeyTwoCompanies {
  Site here, there;
  Vault same_key{there.store, here.key};
  OneKeyTwoCompanies() {
    REQUIRE(here.vault.save(sample(), 0));
    Connection other = sample();
    other.realm = "4620816365000000002";
    REQUIRE(same_key.save(other, 0));
  }
};

} // namespace

TEST_CASE("a connection comes back as it was saved") {
  Site place;
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
  CHECK(c.place == sample().place);
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
  Site place;
  const auto first = place.vault.save(sample(), 0);
  REQUIRE(first);
  CHECK_FALSE(place.vault.save(sample(), 0));
  const auto second = place.vault.save(sample(), *first);
  REQUIRE(second);
  CHECK_FALSE(place.vault.save(sample(), *first));
  CHECK_FALSE(place.vault.save(sample(), *second + 1));
}

TEST_CASE("a version is never used twice, so an old one cannot save over a later connection") {
  Site place;
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
  Site place;
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
  Site place;
  auto version = place.vault.save(sample(), 0);
  for (int i = 0; i < 20; ++i)
    version = place.vault.save(sample(), *version);
  const std::string bytes = all_bytes(place.folder);
  REQUIRE(bytes.find(sealed_bytes(place.store)) != std::string::npos); // we look at the right files
  for (const char* canary : {"canary", realm, "Larkfield"}) {
    CAPTURE(canary);
    CHECK(bytes.find(canary) == std::string::npos);
  }
}

TEST_CASE("what was wiped is gone from the disk, sealed or not") {
  Site place;
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
  Site place;
  REQUIRE(place.vault.save(sample(), 0));
  const Vault other(place.store, make_key());
  CHECK_THROWS_AS((void)other.load(), Unsealable);
  CHECK(other.version() > 0); // so that one can connect anew over it
}

TEST_CASE("the seal of one company does not open as another's") {
  OneKeyTwoCompanies vaults;
  vaults.there.store.write([&](qb::store::Connection& database) {
    database.run("UPDATE vault SET sealed = ?1", qb::store::Blob{sealed_bytes(vaults.here.store)});
  });
  CHECK_THROWS_AS((void)vaults.same_key.load(), Unsealable);
}

TEST_CASE(
    "a whole row that was brought from another company's vault is not of this one's company") {
  OneKeyTwoCompanies vaults;
  vaults.there.store.write([&](qb::store::Connection& database) {
    database.run("UPDATE vault SET sealed = ?1, company = ?2",
                 qb::store::Blob{sealed_bytes(vaults.here.store)},
                 vaults.here.vault.fingerprint(sample()));
  });
  const Vault anew(vaults.there.store, vaults.here.key);
  const auto loaded = anew.load();
  REQUIRE(loaded);
  CHECK_FALSE(anew.is_bound_to(loaded->connection));
}

TEST_CASE("who opens a stored connection knows the name of its company without the slow hash") {
  Site place;
  REQUIRE(place.vault.save(sample(), 0));
  int hashes = 0;
  const Vault again(place.store, place.key, {}, [&](std::string_view salt, std::string_view text) {
    ++hashes;
    return slow_company_hash(salt, text);
  });
  REQUIRE(again.load());
  CHECK(again.fingerprint(sample()) == place.vault.fingerprint(sample()));
  CHECK(again.is_bound_to(sample()));
  CHECK(hashes == 0);
}

TEST_CASE("a damaged seal is refused") {
  Site place;
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
  Site place;
  CHECK(place.vault.bound_company() == "");
  const std::string fingerprint = place.vault.fingerprint(sample());
  CHECK(fingerprint.size() == 32);
  CHECK(fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(fingerprint == place.vault.fingerprint("emulator", realm));
  CHECK(fingerprint != place.vault.fingerprint("emulator", "1"));
  CHECK(fingerprint != place.vault.fingerprint("production", realm));
  CHECK(fingerprint != Site().vault.fingerprint(sample())); // each file has a salt of its own
  REQUIRE(place.vault.save(sample(), 0));
  place.vault.wipe();
  CHECK(place.vault.bound_company() == fingerprint);
  CHECK(place.vault.is_bound_to(sample()));
}

TEST_CASE("after the key is lost the company is still known, and can be connected again") {
  Site place;
  REQUIRE(place.vault.save(sample(), 0));
  Vault other(place.store, make_key());
  CHECK_THROWS_AS((void)other.load(), Unsealable);
  CHECK(other.is_bound_to(sample()));
  bool moved = false;
  REQUIRE(other.connect(sample(), other.version(), [&](auto&) { moved = true; }));
  CHECK_FALSE(moved);
  CHECK(other.load()->connection.realm == realm);
}

TEST_CASE("a connection of another company is taken only together with all that moves") {
  Site place;
  const auto first = place.vault.save(sample(), 0);
  Connection other = sample();
  other.realm = "4620816365000000002";
  CHECK_THROWS((void)place.vault.save(other, *first));
  struct Refused {};
  CHECK_THROWS_AS((void)place.vault.connect(other, *first,
                                            [](qb::store::Connection& database) {
                                              database.run("CREATE TABLE half_done (x)");
                                              throw Refused{};
                                            }),
                  Refused);
  CHECK(place.vault.load()->connection.realm == realm);
  CHECK(place.vault.is_bound_to(sample()));
  REQUIRE(place.vault.connect(other, *first, [](qb::store::Connection& database) {
    database.run("CREATE TABLE half_done (x)"); // was undone the first time
  }));
  CHECK(place.vault.load()->connection.realm == other.realm);
  CHECK(place.vault.is_bound_to(other));
  CHECK_FALSE(place.vault.is_bound_to(sample()));
}

namespace {

// As the first version laid it down: fingerprints made with the key, no place.
struct Old {
  process::TemporaryFolder folder;
  Database store{(folder / "quickbooks.db").string()};
  Key key = make_key();
  std::string company =
      keyed_hash(key, std::string("ledgerhook/quickbooks/company|") + realm).substr(0, 32);

  explicit Old(bool connected) {
    Connection c = sample();
    c.place = {"", "", ""};
    std::string text = to_bytes(c);
    text.resize(text.size() - 3 * 8); // three empty texts
    const std::string bytes =
        sealed(key, text, "ledgerhook/quickbooks/connection|" + company + "|1");
    store.write([&](qb::store::Connection& database) {
      database.run("CREATE TABLE vault (id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1), version "
                   "INTEGER NOT NULL, company TEXT NOT NULL, bound_company TEXT NOT NULL, sealed "
                   "BLOB NOT NULL) STRICT");
      database.run("INSERT INTO vault VALUES (1, 7, ?1, ?2, ?3)", connected ? company : "", company,
                   qb::store::Blob{connected ? bytes : ""});
    });
  }
};

} // namespace

TEST_CASE("a connection of the first version is taken over, with the company's new name") {
  Old old(true);
  std::string was, is;
  const Inheritance inheritance{sample().place, [&](auto&, const auto& a, const auto& b) {
                                  was = a;
                                  is = b;
                                }};
  {
    const Vault vault(old.store, old.key, inheritance);
    REQUIRE(vault.load());
    CHECK(vault.load()->connection.refresh_token == sample().refresh_token);
    CHECK(vault.load()->connection.place == sample().place);
    CHECK(vault.load()->version > 7);
    CHECK(vault.bound_company() == vault.fingerprint(sample()));
    CHECK(was == old.company);
    CHECK(is == vault.fingerprint(sample()));
  }
  was.clear();
  CHECK(Vault(old.store, old.key, inheritance).load());
  CHECK(was == ""); // once
}

TEST_CASE("a disconnected vault of the first version still knows its company") {
  Old old(false);
  std::string was;
  Vault vault(old.store, old.key,
              {sample().place, [&](auto&, const auto& a, const auto&) { was = a; }});
  CHECK(vault.is_bound_to(sample()));
  CHECK_FALSE(vault.is_bound_to("emulator", "1"));
  REQUIRE(vault.save(sample(), 0));
  CHECK(was == old.company);
  CHECK(vault.bound_company() == vault.fingerprint(sample()));
}
