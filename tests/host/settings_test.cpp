#include "host/home.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using namespace host_test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void install_moody(const Home& home) {
  REQUIRE(home.run({"plugins", "install", moody_library().string()}).exit_code == 0);
}

} // namespace

TEST_CASE("settings are set one by one before the plugin is enabled, and shown without secrets") {
  const Home home;
  install_moody(home);
  const auto first = home.run({"settings", "set", "moody", "environment=emulator"});
  CHECK(first.exit_code == 0);
  CHECK(has(first.err, "not complete yet: not set yet: client_secret"));
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 1);
  const auto second = home.run({"settings", "set", "moody", "client_secret=-"}, "hidden-value\n");
  CHECK(second.exit_code == 0);
  CHECK(second.err == "");
  CHECK(home.json({"settings", "show", "moody", "--json"}) ==
        json{{"client_secret", "set"}, {"environment", "emulator"}});
  const auto shown = home.run({"settings", "show", "moody"});
  CHECK(has(shown.out, "client_secret=set\nenvironment=emulator\n"));
  CHECK(has(shown.out, "# ap_account is not set: Accounts payable\n"));
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 0);
}

TEST_CASE("an unknown setting is refused, and the close ones are named") {
  const Home home;
  install_moody(home);
  const auto result = home.run({"settings", "set", "moody", "cliant_secret=x"});
  CHECK(result.exit_code == 1);
  CHECK(has(result.err, "there is no setting \"cliant_secret\"; did you mean client_secret?"));
  CHECK(
      has(home.run({"settings", "set", "moody", "zzz=x"}).err, "there are: ap_account, client_s"));
  CHECK(has(home.run({"settings", "set", "moody", "word"}).err, "is no key=value"));
}

TEST_CASE("a setting of a pattern is known, one beside the pattern is not") {
  const Home home;
  install_moody(home);
  CHECK(home.run({"settings", "set", "moody", "ap_account.EUR=2001"}).exit_code == 0);
  CHECK(home.run({"settings", "set", "moody", "ap_account.euro=2001"}).exit_code == 1);
}

TEST_CASE("a value outside its own rules is refused with words") {
  const Home home;
  install_moody(home);
  CHECK(has(home.run({"settings", "set", "moody", "environment=moon"}).err,
            "environment: must be one of emulator, production"));
  CHECK(home.run({"settings", "set", "moody", "delay_ms=soon"}).exit_code == 1);
  const auto secret = home.run({"settings", "set", "moody", "client_secret=-"}, "zq");
  CHECK(secret.exit_code == 1); // shorter than its schema wants
  CHECK_FALSE(has(secret.err, "zq"));
  CHECK(home.json({"settings", "show", "moody", "--json"}).empty());
}

TEST_CASE("an enabled plugin takes only settings that are good as a whole, at once") {
  const Home home;
  home.enable_moody();
  const auto refused = home.run({"settings", "set", "moody", "ap_account=Petty Cash"});
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "ap_account: Petty Cash is no such account"));
  CHECK(home.run({"settings", "set", "moody", "client_secret="}).exit_code == 1);
  auto emitting = home.start({"emit", "-"}); // keeps the plugin active
  emitting.write(part_saved("e-1", "P-1"));
  REQUIRE(home.wait_until_told(1));
  CHECK(home.run({"settings", "set", "moody", "deliver=not connected"}).exit_code == 0);
  CHECK(home.run({"drain", "moody"}).exit_code == 4);
  CHECK(emitting.wait().exit_code == 0);
}

TEST_CASE("a secret is in no file, log or output in the clear, and the command line is warned of") {
  const Home home;
  home.enable_moody();
  process::write_text(home.scratch("secret.txt"), "from-a-file-4242\n");
  CHECK(home.run({"settings", "set", "moody", "client_secret=@secret.txt"}).err == "");
  const auto open = home.run({"settings", "set", "moody", "client_secret=in-the-open-4242"});
  CHECK(open.exit_code == 0);
  CHECK(has(open.err, "client_secret is secret"));
  CHECK_FALSE(has(open.err, "4242"));
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string text = process::text_of(entry.path());
    CAPTURE(entry.path().string());
    CHECK_FALSE(has(text, "4242"));
    CHECK_FALSE(has(text, "s3cret-value"));
  }
  CHECK(files > 5);
}

TEST_CASE("everything in a home is for its owner only, whatever the umask") {
  const Home home;
  const auto enabled = process::run(
      "/bin/sh", {"-c", "umask 0; exec \"$@\"", "sh", erp_host_program().string(), "--home",
                  home.path().string(), "plugins", "install", moody_library().string()});
  CHECK(enabled.exit_code == 0);
  home.enable_moody();
  CHECK(home.emit(part_saved("e-1", "P-1")).exit_code == 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home.path())) {
    struct stat what {};
    REQUIRE(lstat(entry.path().c_str(), &what) == 0);
    CAPTURE(entry.path().string());
    CHECK((what.st_mode & 0077) == 0);
  }
}

TEST_CASE("the host's own settings have defaults, and know their names") {
  const Home home;
  CHECK(home.json({"host-settings", "show", "--json"}).at("environment") == "test");
  CHECK(home.run({"host-settings", "set", "environment=production"}).exit_code == 0);
  CHECK(home.json({"host-settings", "show", "--json"}).at("environment") == "production");
  const auto wrong = home.run({"host-settings", "set", "redirect_uri=http://localhost/"});
  CHECK(wrong.exit_code == 1);
  CHECK(has(wrong.err, "did you mean redirect_url?"));
}
