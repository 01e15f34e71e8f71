#include "acceptance/people.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>

using namespace acceptance;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Every file below the folder that holds the bytes, as they are or as UTF-16.
std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& bytes) {
  std::string wide;
  for (const char c : bytes)
    wide.append(1, c).append(1, '\0');
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".so") continue;
    const std::string content = bytes_of(entry.path());
    if (has(content, bytes) || has(content, wide)) found.push_back(entry.path().string());
  }
  return found;
}

// Whatever could let somebody else in: all tokens that the emulator ever gave out, the app's
// secret, the company's id.
std::set<std::string> canaries(const World& world) {
  std::set<std::string> secrets{world.realm(), world.control("GET", "app")["client_secret"].text()};
  const std::string text = process::text_of(world.scratch("qbo/oauth.json"));
  const auto collect = [&](const auto& self, const Json& json, const std::string& name) -> void {
    if (json.kind() == Json::Kind::text && has(name, "token") && json.text().size() > 20)
      secrets.insert(json.text());
    for (const Json& item : json)
      self(self, item, name);
    for (const auto& [key, value] : json.members())
      self(self, value, key);
  };
  collect(collect, Json::parse(text), "");
  return secrets;
}

void is_nowhere(const World& world, const std::set<std::string>& secrets) {
  for (const std::string& secret : secrets)
    for (const std::string& file : files_with(world.home(), secret))
      FAIL_CHECK(secret.substr(0, 12), "... stands in ", file);
}

} // namespace

TEST_CASE(
    "tokens, secret and company stand in no file of the host, before and after disconnecting") {
  World world;
  world.deliver(po_ordered("e-1", order_of_every_kind()));
  world.control("POST", "tokens", R"({"do":"rotate_next"})");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  world.deliver(po_ordered("e-2", order_numbered("1043")));
  // One that QuickBooks refuses, so that its words are kept too.
  world.fault(
      R"({"method":"POST","path":"purchaseorder","action":"fault","code":"6000","message":"A business validation error","detail":"no"})");
  CHECK(world.emit(po_ordered("e-3", order_numbered("1044"))).exit_code == 0);
  CHECK(world.drain().exit_code == 2);

  const std::set<std::string> secrets = canaries(world);
  CHECK(secrets.size() >= 4); // the realm, the secret, an access and a refresh token
  CHECK_FALSE(files_with(world.home(), "Cutting oil, one drum").empty()); // the search does find
  is_nowhere(world, secrets);

  world.reset_counts();
  world.must({"disconnect", "quickbooks"});
  CHECK(world.control("GET", "counts")["tokens"]["revokes"].integer() == 1);
  CHECK(world.control("GET", "counts")["tokens"]["refused"].integer() == 0);
  is_nowhere(world, secrets);
  const Json status = world.run_json({"status"});
  CHECK(status["connected"].text() == "false");
  CHECK(status["company"].is_null());
  CHECK(status["refresh_token_expires_on"].is_null());
  CHECK(notices(world).size() == 1); // the refused document, nothing else

  // Nothing goes out, and nothing is lost.
  CHECK(world.emit(po_ordered("e-4", order_numbered("1045"))).exit_code == 0);
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, "connect"));
  CHECK(world.run_json({"status"})["waiting"].integer() == 1);
  world.connect();
  CHECK(world.drain().exit_code == 2);
  CHECK(world.purchase_order("1045")["DocNumber"].text() == "1045");
}

TEST_CASE("the tokens are wiped even if Intuit cannot be told") {
  World world;
  world.deliver(part_saved("p-1", Part()));
  const std::set<std::string> secrets = canaries(world);
  world.stop_emulator();
  CHECK(world.host({"disconnect", "quickbooks"}).exit_code == 0);
  is_nowhere(world, secrets);
  CHECK(world.run_json({"status"})["connected"].text() == "false");
  const Json told = notices(world);
  REQUIRE(told.size() == 1);
  CHECK(has(told.at(0)["title"].text(), "Intuit could not be told"));
  world.start_emulator();
  world.connect();
  CHECK(notices(world).size() == 0);
}

TEST_CASE("disconnecting what is not connected does no harm") {
  const World world({.connected = false});
  CHECK(world.host({"disconnect", "quickbooks"}).exit_code == 0);
  CHECK(notices(world).size() == 0);
}
