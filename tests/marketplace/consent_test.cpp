#include "market.hpp"

#include <doctest/doctest.h>

// What a plugin asks for is agreed to by a person at a terminal, made by script(1), or by a
// script's
// --accept-permissions.

using namespace market;

namespace {

struct Offered : Market {
  Offered() {
    offer(ship_1_0());
    sign_keys();
    sign_index();
    add();
  }
  // Both of its streams are what the person sees.
  process::Result install_at_a_terminal(const std::string& typed) const {
    std::string command = host_test::erp_host_program();
    for (const std::string& word : home.words({"marketplace", "install", "ship"}))
      command += " '" + word + "'";
    return process::run("script", {"--quiet", "--return", "--command", command, "/dev/null"},
                        {.input = typed, .folder = home.scratch("")});
  }
  void is_not_installed_after(const std::string& typed) const {
    CAPTURE(typed);
    const auto result = install_at_a_terminal(typed);
    CHECK(has(result.out, "ship 1.0.0 asks for:"));
    CHECK(has(result.out, "write into the host's log"));
    CHECK(has(result.out, "Agree? [y/N]"));
    CHECK(has(result.out, "not agreed; ship was not installed"));
    CHECK(result.exit_code == 1);
    CHECK(installed().empty());
    CHECK(!std::filesystem::exists(home.path() / "plugins" / "ship"));
    CHECK(std::filesystem::is_empty(home.path() / "plugins" / ".staging"));
  }
};

} // namespace

TEST_CASE("a person at a terminal is asked, and whatever is not yes installs nothing") {
  const Offered market;
  market.is_not_installed_after("n\n");
  market.is_not_installed_after("\n");
  market.is_not_installed_after("maybe\n");
  market.is_not_installed_after("\x04"); // the end of the input
}

TEST_CASE("a person who says yes at the terminal has it installed") {
  const Offered market;
  const auto result = market.install_at_a_terminal("y\n");
  CHECK(has(result.out, "Agree? [y/N]"));
  CHECK_MESSAGE(result.exit_code == 0, result.out);
  CHECK(market.installed().at(0).at("version") == "1.0.0");
  CHECK(market.installed().at(0).at("signature") == "verified");
}
