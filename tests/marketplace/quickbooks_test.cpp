#include "acceptance/world.hpp"

#include <doctest/doctest.h>
#include <tls_peer/trusted_peer.hpp>

using namespace acceptance;
namespace fs = std::filesystem;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The marketplace that sells the real plugin: bundle, keys and index, each made as its README says.
class Shop {
 public:
  Shop() {
    for (const char* const name : {"root", "market", "publisher"})
      run("minisign", {"-G", "-W", "-p", key(name, ".pub"), "-s", key(name, ".key")});
    run(SOURCE "/packaging/bundle",
        {"--library", QUICKBOOKS, "--manifest", SOURCE "/plugins/quickbooks/plugin.json",
         "--describe", DESCRIBE, "--license", SOURCE "/LICENSE", "--build", BUILD, "--key",
         key("publisher", ".key"), "--out", folder()});
    run(SOURCE "/packaging/index", {"keys", "--folder", folder(), "--root-key", key("root", ".key"),
                                    "--marketplace", key("market", ".pub"), "--publisher",
                                    "Ledgerhook=" + key("publisher", ".pub") + "=quickbooks"});
    run(SOURCE "/packaging/index",
        {"entries", "--folder", folder(), "--marketplace-key", key("market", ".key")});
  }
  std::string folder() const { return (files_ / "dist").string(); }
  std::string root_key() const { return key("root", ".pub"); }
  tls_peer::TrustedPeer server{tls_peer::serving([this](const tls_peer::Request& request) {
    const fs::path file = fs::path(folder()) / fs::path(request.target).filename();
    return fs::is_regular_file(file) ? tls_peer::answer(200, process::text_of(file))
                                     : tls_peer::answer(404, "");
  })};

 private:
  std::string key(const std::string& name, const std::string& ending) const {
    return (files_ / (name + ending)).string();
  }
  static void run(const std::string& program, const std::vector<std::string>& words) {
    const auto result =
        process::run(program, words, {.extra = {{"SOURCE_DATE_EPOCH", std::to_string(now_s())}}});
    if (result.exit_code != 0) throw std::runtime_error(program + ": " + result.err + result.out);
  }
  static long now_s() { return static_cast<long>(std::time(nullptr)); }
  process::TemporaryFolder files_;
};

void install_from(const World& world, const std::vector<std::string>& add) {
  world.must({"plugins", "disable", "quickbooks"});
  std::vector<std::string> words = {"marketplace", "add"};
  words.insert(words.end(), add.begin(), add.end());
  world.must(words);
  const auto listed = world.must({"marketplace", "list"});
  CHECK_MESSAGE(has(listed.out, "Accounting & Finance\n  quickbooks"), listed.out);
  const auto shown = world.must({"marketplace", "show", "quickbooks"});
  for (const char* const part :
       {"What it does\n  - Makes a purchase order", "What it touches\n  - In QuickBooks:",
        "What it needs\n  - QuickBooks Online Plus or Advanced", "network *.intuit.com:443"})
    CHECK_MESSAGE(has(shown.out, part), shown.out);
  world.must({"marketplace", "install", "quickbooks", "--accept-permissions"});
  CHECK(has(world.must({"plugins", "list"}).out, "disabled  verified  7 services"));
  world.must({"plugins", "enable", "quickbooks"});
}

} // namespace

TEST_CASE(
    "the QuickBooks plugin, bought over https, delivers an order with just what it asks for") {
  const Shop shop;
  World world({.connected = false});
  install_from(world, {shop.server.peer.url("/erp"), "--root-key", shop.root_key(), "--ca-file",
                       shop.server.ca_file()});
  world.connect();
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  CHECK(world.count("PurchaseOrder") == 1);
}

TEST_CASE("the QuickBooks plugin, taken from a folder, starts with just what it asks for") {
  const Shop shop;
  const World world({.connected = false});
  install_from(world, {shop.folder(), "--root-key", shop.root_key()});
  CHECK(world.host({"run", "quickbooks", "status"}).exit_code == 0);
}
