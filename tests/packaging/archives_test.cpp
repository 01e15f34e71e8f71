#include "bundle/manifest.hpp"
#include "bundle/open.hpp"
#include "bundle/unpack.hpp"
#include "packed.hpp"

#include <doctest/doctest.h>

using namespace packed;
using host::bundle::Limits;
using host::bundle::unpack;

namespace {

// Why an archive of these is not unpacked; empty: it is.
std::string refused(const std::vector<Entry>& entries, const Limits& limits = {}) {
  const process::TemporaryFolder folder;
  write_archive(folder / "it.tar.gz", entries);
  std::filesystem::create_directory(folder / "into");
  const auto result = unpack(process::text_of(folder / "it.tar.gz"), folder / "into", limits);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const auto name = entry.path().filename();
    CHECK_MESSAGE((name == "it.tar.gz" || name == "into"), name.string()); // nothing got out
  }
  return result ? "" : result.error().message;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("plain files in folders are unpacked, and told in their order") {
  const process::TemporaryFolder folder;
  write_archive(folder / "it.tar.gz", {{"top/b/c", "1"}, {"top/a", ""}});
  std::filesystem::create_directory(folder / "into");
  const auto result = unpack(process::text_of(folder / "it.tar.gz"), folder / "into", {});
  REQUIRE_MESSAGE(result, result.error().message);
  CHECK(result->top == "top");
  CHECK(result->files == std::vector<std::string>{"b/c", "a"});
  CHECK(process::text_of(folder / "into" / "b" / "c") == "1");
}

TEST_CASE("a name that leads out of the folder is refused") {
  for (const char* const path : {"/etc/evil", "../evil", "top/../../evil", "top/./a", "top//a",
                                 "top/a/..", "//top/a", "./top/a"})
    CHECK_MESSAGE(has(refused({{path, "x"}}), "outside the plugin's folder"), path);
  CHECK(has(refused({{"alone", "x"}}), "lies in no folder"));
  CHECK(has(refused({{"top/a\\b", "x"}}), "not made of letters"));
  CHECK(has(refused({{"top/a\nb", "x"}}), "not made of letters"));
  CHECK(has(refused({{"one/a", ""}, {"two/a", ""}}), "two folders at the top"));
}

TEST_CASE("links, folders, devices and pipes are refused") {
  CHECK(has(refused({{"top/a", "/etc/passwd", Kind::symbolic_link}}), "link"));
  CHECK(has(refused({{"top/b", "x"}, {"top/a", "top/b", Kind::hard_link}}), "link"));
  CHECK(has(refused({{"top/a", "/etc/passwd", Kind::hard_link}}), "link"));
  for (const Kind kind : {Kind::folder, Kind::fifo, Kind::device})
    CHECK(has(refused({{"top/a", "", kind}}), "no plain file"));
}

TEST_CASE("a name that is there already, or differs by capitals alone, is refused") {
  CHECK(has(refused({{"top/a", "1"}, {"top/a", "2"}}), "there already"));
  CHECK(has(refused({{"top/a", "1"}, {"top/A", "2"}}), "capitals alone"));
  CHECK(has(refused({{"top/lib/a", "1"}, {"top/Lib/b", "2"}}), "capitals alone"));
  CHECK(has(refused({{"top/a", "1"}, {"top/a/b", "2"}}), "there already"));
  CHECK(has(refused({{"top/a/b", "1"}, {"top/a", "2"}}), "there already"));
}

TEST_CASE("what is too many, too long, too deep, too large or packed too well is refused") {
  Limits limits;
  limits.files_max = 2;
  CHECK(refused({{"top/a"}, {"top/b"}}, limits).empty());
  CHECK(has(refused({{"top/a"}, {"top/b"}, {"top/c"}}, limits), "more than 2 files"));
  CHECK(has(refused({{"top/" + std::string(300, 'a')}}), "longer or deeper"));
  CHECK(has(refused({{"top/1/2/3/4/5/6/7/8"}}), "longer or deeper"));
  limits.unpacked_max_bytes = 2 * 1024 * 1024;
  const std::string mib(1024 * 1024, '\0');
  limits.ratio_max = 1'000'000;
  CHECK(refused({{"top/a", mib}, {"top/b", mib}}, limits).empty());
  CHECK(has(refused({{"top/a", mib}, {"top/b", mib + "x"}}, limits), "larger than any plugin"));
  CHECK(has(refused({{"top/a", mib + mib}}), "100 times its size"));
}

TEST_CASE("what is no archive, or half of one, is refused") {
  const process::TemporaryFolder folder;
  write_archive(folder / "it.tar.gz", {{"top/a", process::text_of(ship_1_0())}});
  const std::string whole = process::text_of(folder / "it.tar.gz");
  int count = 0;
  for (const std::string& bytes :
       {std::string("hello"), whole.substr(0, whole.size() / 2), std::string(2048, '\0')}) {
    const auto into = folder / std::to_string(++count);
    std::filesystem::create_directory(into);
    CHECK(!unpack(bytes, into, {}));
  }
}

TEST_CASE("a bundle is refused where it cannot run, and says where it can") {
  using namespace host::bundle;
  Manifest manifest{"ship", "1.0.0", "x86_64-linux", "lib/ship.so", 1, 2, "2.36"};
  const Place place{"x86_64-linux", 1, 2, "2.36"};
  const auto why = [&](Place other) {
    const auto result = fits(manifest, other);
    return result ? std::string() : result.error().message;
  };
  CHECK(why(place).empty());
  CHECK(why({"x86_64-linux", 1, 9, "2.100"}).empty());
  CHECK(has(why({"aarch64-linux", 1, 2, "2.36"}), "get the bundle for aarch64-linux"));
  CHECK(has(why({"x86_64-linux", 2, 2, "2.36"}), "version 1 of the plugin interface"));
  CHECK(has(why({"x86_64-linux", 1, 1, "2.36"}), "needs version 1.2"));
  CHECK(has(why({"x86_64-linux", 1, 2, "2.9"}), "needs glibc 2.36, and this system has 2.9"));
}

TEST_CASE("a manifest that leaves out or garbles what the host must know is refused") {
  const nlohmann::json good = Content(ship_1_0()).manifest;
  CHECK(host::bundle::parse_manifest(good.dump()));
  for (const char* const name : {"id", "version", "platform", "library", "abi"}) {
    auto bad = good;
    bad.erase(name);
    CHECK_MESSAGE(!host::bundle::parse_manifest(bad.dump()), name);
    bad[name] = -1;
    CHECK_MESSAGE(!host::bundle::parse_manifest(bad.dump()), name);
  }
  for (const char* const id : {"", "..", "a/b", ".hidden", "a b"}) {
    auto bad = good;
    bad["id"] = id;
    CHECK_MESSAGE(!host::bundle::parse_manifest(bad.dump()), id);
  }
  auto bad = good;
  bad["runtime"]["glibc"] = "new";
  CHECK(!host::bundle::parse_manifest(bad.dump()));
  for (const char* const text : {"", "[]", "{", "null", "{\"id\":"})
    CHECK(!host::bundle::parse_manifest(text));
}
