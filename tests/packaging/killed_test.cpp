#include "packed.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

using namespace host_test;
using namespace packed;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int moments = 12;

// Installs `bundle` over and over, killed each time a little later; after each kill the plugin of
// this home must start, whichever version it is.
void kill_at_several_moments(const Home& home, const std::filesystem::path& first,
                             const std::filesystem::path& bundle) {
  const auto install = [&](const std::filesystem::path& one) {
    const auto result = home.run({"plugins", "install", "--downgrade", one.string()});
    REQUIRE_MESSAGE(result.exit_code == 0, result.err);
  };
  install(bundle);
  install(first);
  const auto began = Clock::now();
  install(bundle);
  const auto whole = Clock::now() - began;
  int killed = 0;
  for (int moment = 0; moment < moments; ++moment) {
    install(first);
    auto installing = home.start({"plugins", "install", bundle.string()});
    std::this_thread::sleep_for(whole * moment / moments);
    installing.kill_hard();
    killed += installing.wait().signal == 9 ? 1 : 0;
    const auto enabled = home.run({"plugins", "enable", "ship"});
    CHECK_MESSAGE(enabled.exit_code == 0, enabled.err);
    CHECK(std::filesystem::is_empty(home.path() / "plugins" / ".staging"));
    CHECK(home.run({"plugins", "disable", "ship"}).exit_code == 0);
  }
  CHECK(killed > 0);
}

struct Trusting {
  Home home;
  KeyPair keys{home, "publisher"};
  Trusting() { home.run({"plugins", "keys", "add", keys.public_key.string()}); }
};

} // namespace

TEST_CASE("an install that is killed leaves a plugin that starts, the old version or the new") {
  const Trusting one;
  kill_at_several_moments(one.home, signed_bundle(one.home, Content(ship_1_0()), one.keys),
                          signed_bundle(one.home, Content(ship_1_1(), "1.1.0"), one.keys));
}

TEST_CASE("so does one of the same version with another library") {
  const Trusting one;
  const auto first = one.home.scratch("first.tar.gz");
  const Content content(ship_1_0());
  write_archive(first, content.entries());
  sign(first, one.keys, trusted_comment(content.manifest));
  kill_at_several_moments(one.home, first,
                          signed_bundle(one.home, Content(ship_1_0_rebuilt()), one.keys));
}
