#include "home/files.hpp"
#include "home/folders.hpp"
#include "process/temporary_folder.hpp"
#include "secrets/secret_store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using host::secrets::SecretStore;

namespace {

struct Place {
  process::TemporaryFolder folder;
  host::home::Folders folders = *host::home::open_home(folder / "home");

  std::unique_ptr<SecretStore> open() const {
    auto store = SecretStore::open(folders, "some");
    REQUIRE(store.has_value());
    return std::move(*store);
  }
  std::filesystem::path file() const { return folders.secrets() / "some.sealed"; }
};

} // namespace

TEST_CASE("a secret survives, with its version") {
  const Place place;
  const auto version = place.open()->put("token", std::string("a\0b", 3), 0);
  REQUIRE(version.has_value());
  const auto found = place.open()->find("token");
  REQUIRE(found.has_value());
  CHECK(found->value == std::string("a\0b", 3));
  CHECK(found->version == *version);
}

TEST_CASE("a secret is replaced only by who knows its version") {
  const Place place;
  const auto store = place.open();
  const auto first = store->put("token", "one", 0);
  CHECK(store->put("token", "two", 0).error().status == ERP_E_CONFLICT);
  const auto second = store->put("token", "two", *first);
  REQUIRE(second.has_value());
  CHECK(store->put("token", "three", *first).error().status == ERP_E_CONFLICT);
  CHECK(store->find("token")->value == "two");
}

TEST_CASE("a version is never used again, not even after the secret was erased") {
  const Place place;
  const auto first = place.open()->put("token", "one", 0);
  CHECK(place.open()->erase("token").has_value());
  const auto second = place.open()->put("token", "one", 0);
  CHECK(*second > *first);
  CHECK(place.open()->put("token", "two", *first).error().status == ERP_E_CONFLICT);
}

TEST_CASE("the files hold no secret in the clear and are for the owner only") {
  const Place place;
  REQUIRE(place.open()->put("token", "plainly-visible", 0).has_value());
  CHECK(process::text_of(place.file()).find("plainly-visible") == std::string::npos);
  for (const auto& file : {place.file(), place.folders.secret_key()}) {
    struct stat what {};
    REQUIRE(lstat(file.c_str(), &what) == 0);
    CHECK((what.st_mode & 0777) == 0600);
  }
}

TEST_CASE("one flipped bit is noticed, and the file is left as it is") {
  const Place place;
  REQUIRE(place.open()->put("token", "one", 0).has_value());
  std::string bytes = process::text_of(place.file());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  process::write_text(place.file(), bytes);
  CHECK_FALSE(SecretStore::open(place.folders, "some").has_value());
  CHECK(process::text_of(place.file()) == bytes);
}

TEST_CASE("the secrets of one plugin do not open as another's") {
  const Place place;
  REQUIRE(place.open()->put("token", "one", 0).has_value());
  std::filesystem::copy_file(place.file(), place.folders.secrets() / "other.sealed");
  CHECK_FALSE(SecretStore::open(place.folders, "other").has_value());
}

TEST_CASE("a lost key is reported, never replaced") {
  const Place place;
  REQUIRE(place.open()->put("token", "one", 0).has_value());
  std::filesystem::remove(place.folders.secret_key());
  const auto store = SecretStore::open(place.folders, "some");
  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().message.find("is missing") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(place.folders.secret_key()));
}

TEST_CASE("a key or secrets file behind a symbolic link is not followed") {
  const Place place;
  REQUIRE(place.open()->put("token", "one", 0).has_value());
  std::filesystem::rename(place.file(), place.folder / "elsewhere");
  std::filesystem::create_symlink(place.folder / "elsewhere", place.file());
  CHECK_FALSE(SecretStore::open(place.folders, "some").has_value());
}

TEST_CASE("secret values are scrubbed out of a text") {
  const Place place;
  const auto store = place.open();
  REQUIRE(store->put("token", "abcdefgh", 0).has_value());
  CHECK(store->scrubbed("x abcdefgh y abcdefgh") == "x *** y ***");
}

TEST_CASE("a file is made once, and replaced whole") {
  const process::TemporaryFolder folder;
  CHECK(host::home::create_file(folder / "f", "one").has_value());
  CHECK(host::home::create_file(folder / "f", "two").error().status == ERP_E_CONFLICT);
  CHECK(process::text_of(folder / "f") == "one");
  CHECK(host::home::replace_file(folder / "f", "three").has_value());
  CHECK(process::text_of(folder / "f") == "three");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}
