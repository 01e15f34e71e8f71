#include "host/home.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace host_test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a bare library is copied, disabled, and shown as unsigned") {
  const Home home;
  const auto result = home.run({"plugins", "install", template_library().string()});
  CHECK(result.exit_code == 0);
  const json list = home.json({"plugins", "list", "--json"});
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("id") == "template");
  CHECK(list[0].at("state") == "disabled");
  CHECK(list[0].at("signature") == "unsigned");
  const std::filesystem::path library = list[0].at("library").get<std::string>();
  CHECK(library.parent_path().parent_path() == home.path() / "plugins" / "template");
  CHECK(process::text_of(library) == process::text_of(template_library()));
}

TEST_CASE("a folder with a manifest is copied whole, and must say what the library says") {
  const Home home;
  const auto bundle = home.scratch("bundle");
  std::filesystem::create_directories(bundle / "lib");
  std::filesystem::copy_file(moody_library(), bundle / "lib" / "plugin.so");
  process::write_text(bundle / "NOTES", "read me");
  const auto manifest = [&](const json& content) {
    process::write_text(bundle / "plugin.json", content.dump());
    return home.run({"plugins", "install", bundle.string()});
  };
  CHECK(has(manifest({{"id", "cheerful"}, {"library", "lib/plugin.so"}}).err, "says it is moody"));
  CHECK(manifest({{"id", "moody"}, {"library", "../secret.so"}}).exit_code == 1);
  CHECK(manifest({{"id", "moody"}, {"library", "lib/other.so"}}).exit_code == 1);
  CHECK(manifest({{"id", "moody"}}).exit_code == 1);
  CHECK(home.json({"plugins", "list", "--json"}).empty());
  CHECK(manifest({{"id", "moody"}, {"version", "1.0.0"}, {"library", "lib/plugin.so"}}).exit_code ==
        0);
  CHECK(process::text_of(home.path() / "plugins" / "moody" / "1.0.0" / "NOTES") == "read me");
  std::filesystem::create_symlink("/etc/passwd", bundle / "link");
  CHECK(has(manifest({{"library", "lib/plugin.so"}}).err, "is no plain file"));
}

TEST_CASE("what is no plugin is refused with the linker's own words") {
  const Home home;
  process::write_text(home.scratch("text.so"), "not a library");
  const auto text = home.run({"plugins", "install", "text.so"});
  CHECK(text.exit_code == 1);
  CHECK(has(text.err, "file too short"));
  const auto unresolved = home.run({"plugins", "install", unresolved_library().string()});
  CHECK(unresolved.exit_code == 1);
  CHECK(has(unresolved.err, "symbol_that_nobody_defines"));
  const auto future = home.run({"plugins", "install", from_the_future_library().string()});
  CHECK(future.exit_code == 1);
  CHECK(has(future.err, "needs version 1.99 of the interface"));
  CHECK(home.run({"plugins", "install", "nowhere.so"}).exit_code == 1);
  CHECK(home.json({"plugins", "list", "--json"}).empty());
}

TEST_CASE("a library that crashes when it is looked at does not take the host along") {
  const Home home;
  home.enable_moody();
  auto owner = home.start({"emit", "-"}); // the install runs in this process
  owner.write(part_saved("e-1", "P-1"));
  REQUIRE(home.wait_until_told(1));
  for (const auto& library : {crashes_in_its_entry_library(), crashes_when_loaded_library()}) {
    const auto crashed = home.run({"plugins", "install", library.string()});
    CHECK(crashed.exit_code == 1);
    CHECK(has(crashed.err, "crashed when it was looked at"));
    CHECK(has(crashed.err, "it was not installed"));
  }
  const auto left = home.run({"plugins", "install", ends_the_process_library().string()});
  CHECK(left.exit_code == 1);
  CHECK(has(left.err, "ended the process that looked at it"));
  CHECK(home.json({"plugins", "list", "--json"}).size() == 1);
  CHECK(home.run({"run", "moody", "echo"}).exit_code == 0);
  CHECK(owner.wait().exit_code == 0);
}

TEST_CASE("a library that hangs when it is looked at is given up") {
  const Home home;
  const auto hung = home.run({"plugins", "install", hangs_in_its_entry_library().string()});
  CHECK(hung.exit_code == 1);
  CHECK(has(hung.err, "did not answer within 15 seconds"));
  CHECK(home.json({"plugins", "list", "--json"}).empty());
}

TEST_CASE("an enabled plugin is not replaced, a disabled one is and keeps its count") {
  const Home home;
  home.enable_moody();
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  const auto refused = home.run({"plugins", "install", moody_library().string()});
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "plugins disable moody"));
  CHECK(home.run({"plugins", "disable", "moody"}).exit_code == 0);
  CHECK(home.run({"plugins", "install", moody_library().string()}).exit_code == 0);
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 0);
  CHECK(home.emit(part_saved("e-2", "P-1")).exit_code == 0);
  CHECK(home.told().back() == "2 1 e-2 part/P-1 0");
}

TEST_CASE("a library that was changed after it was installed is not loaded") {
  const Home home;
  home.enable_moody();
  const json list = home.json({"plugins", "list", "--json"});
  std::ofstream(list[0].at("library").get<std::string>(), std::ios::app) << "more";
  const auto result = home.run({"run", "moody", "echo"});
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "is not the file that was installed"));
}

TEST_CASE("a plugin that does not start is not enabled") {
  const Home home;
  home.run({"plugins", "install", moody_library().string()});
  home.run({"settings", "set", "moody", "client_secret=-", "ap_account=refuse to start"}, "abc\n");
  const auto result = home.run({"plugins", "enable", "moody"});
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "ap_account keeps me from starting"));
  CHECK(home.json({"plugins", "list", "--json"})[0].at("state") == "disabled");
}

TEST_CASE("a disabled plugin is stopped in a running owner, and can be enabled again") {
  const Home home;
  home.enable_moody();
  auto owner = home.start({"emit", "-"});
  owner.write(part_saved("e-1", "P-1"));
  REQUIRE(home.wait_until_told(1));
  CHECK(home.run({"plugins", "disable", "moody"}).exit_code == 0);
  const auto log = process::text_of(home.path() / "data" / "moody" / "told.log");
  CHECK(log.rfind("deactivated\n") == log.size() - 12);
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 0);
  CHECK(home.run({"run", "moody", "echo"}).exit_code == 0);
  CHECK(owner.wait().exit_code == 0);
}
