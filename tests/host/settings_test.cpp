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
  const auto early = home.run({"plugins", "enable", "moody"});
  CHECK(early.exit_code == 4); // a person must set something
  CHECK(has(early.err, "  client_secret: Client secret. From the other side.\n"));
  const auto second = home.run({"settings", "set", "moody", "client_secret=-"}, "hidden-value\n");
  CHECK(second.exit_code == 0);
  CHECK(second.err == "");
  const json all = home.json({"settings", "show", "moody", "--json"});
  REQUIRE(all.size() == 5);
  CHECK(all[1] == json{{"name", "client_secret"},
                       {"title", "Client secret"},
                       {"description", "From the other side."},
                       {"choices", nullptr},
                       {"default", nullptr},
                       {"required", true},
                       {"secret", true},
                       {"set", true},
                       {"value", "set"}});
  CHECK(all[4].at("name") == "environment");
  CHECK(all[4].at("value") == "emulator");
  CHECK(all[4].at("choices") == json{"emulator", "production"});
  CHECK(all[0].at("set") == false);
  CHECK(all[0].at("value") == nullptr);
  CHECK(all[2].at("default") == "0");
  const auto shown = home.run({"settings", "show", "moody"});
  CHECK(has(shown.out, "client_secret=set\n    Client secret (required). From the other side.\n"));
  CHECK(has(shown.out, "environment=emulator\n    Environment. Where to.\n"
                       "    One of: emulator, production.\n"));
  CHECK(has(shown.out, "# ap_account is not set\n    Accounts payable. An account.\n"));
  CHECK(has(shown.out, "# delay_ms is not set: 0 holds\n    Delay. Of every hook.\n"));
  CHECK(home.run({"plugins", "enable", "moody"}).exit_code == 0);
}

TEST_CASE("what is wrong in itself is said, also while others are missing") {
  const Home home;
  install_moody(home);
  const auto set = home.run({"settings", "set", "moody", "ap_account=Petty Cash"});
  CHECK(set.exit_code == 0);
  CHECK(has(set.err, "stored; not complete yet: ap_account: Petty Cash is no such account"));
  CHECK(has(set.err, "not set yet: client_secret"));
  const auto both =
      home.run({"settings", "set", "moody", "environment=moon", "delay_ms=soon", "ap_account=1"});
  CHECK(both.exit_code == 1);
  CHECK(has(both.err, "environment: must be one of emulator, production"));
  CHECK(has(both.err, "delay_ms: must look like"));
  CHECK_FALSE(has(both.err, "ap_account"));
}

TEST_CASE("a setting that an earlier version of the plugin knew can still be removed") {
  const Home home;
  install_moody(home);
  process::write_text(home.path() / "settings" / "moody.json", R"({"old_setting":"x"})");
  CHECK(has(home.run({"settings", "show", "moody"}).out,
            "old_setting=x\n    The plugin has no such setting (any more); remove it: settings set "
            "moody old_setting=\n"));
  CHECK(home.run({"settings", "set", "moody", "old_setting=y"}).exit_code == 1);
  CHECK(home.run({"settings", "set", "moody", "old_setting="}).exit_code == 0);
  CHECK_FALSE(has(home.run({"settings", "show", "moody"}).out, "old_setting"));
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
  const auto lower = home.run({"settings", "set", "moody", "ap_account.eur=2001"});
  CHECK(lower.exit_code == 1);
  CHECK(has(lower.err, "there is no setting \"ap_account.eur\"; did you mean ap_account.EUR?"));
  CHECK(home.run({"settings", "set", "moody", "AP_ACCOUNT=2001"}).exit_code == 1);
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
  for (const json& one : home.json({"settings", "show", "moody", "--json"}))
    CHECK(one.at("set") == false);
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

TEST_CASE("the host's own settings are checked when they are set") {
  const Home home;
  const auto refused = [&](const std::string& assignment, const std::string& says) {
    CAPTURE(assignment);
    const auto result = home.run({"host-settings", "set", assignment});
    CHECK(result.exit_code == 1);
    CHECK(has(result.err, says));
  };
  for (const char* bad :
       {"http://erp.example.com/callback", "erp.example.com", "https://", "ftp://x/",
        "https://erp.example.com/callback?x=1", "https://erp.example.com/#top",
        "http://localhost.example.com/", "http://localhost:99999/", "https://a b/"})
    refused(std::string("redirect_url=") + bad, "redirect_url must be");
  for (const char* bad :
       {"8765", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "erp.example.com:1"})
    refused(std::string("callback_listen=") + bad, "callback_listen must be");
  refused("company_name=two\nlines", "company_name must be");
  CHECK(home.json({"host-settings", "show", "--json"}).at("redirect_url") == "");
  for (const char* good :
       {"redirect_url=https://erp.example.com/callback",
        "redirect_url=http://localhost:8765/callback", "redirect_url=http://127.0.0.1:1/",
        "redirect_url=http://[::1]:8765/cb", "redirect_url=", "callback_listen=127.0.0.1:8765",
        "callback_listen=0.0.0.0:80", "callback_listen=[::1]:8765"}) {
    CAPTURE(good);
    CHECK(home.run({"host-settings", "set", good}).exit_code == 0);
  }
}
