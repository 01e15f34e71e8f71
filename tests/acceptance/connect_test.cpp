#include "acceptance/people.hpp"
#include "tls_peer/trusted_peer.hpp"

#include <doctest/doctest.h>
#include <functional>

using namespace acceptance;

namespace {

void set_secret(const World& world, const std::string& secret) {
  world.must({"settings", "set", "quickbooks", "client_secret=-"}, secret + "\n");
}

// A QuickBooks whose certificate is not what it should be; nothing is ever answered.
struct Impostor {
  tls_peer::Identity authority = tls_peer::make_authority();
  tls_peer::Peer peer;
  explicit Impostor(const tls_peer::Wishes& wishes = {}, bool known = true)
      : peer(known ? tls_peer::make_identity(&authority, wishes)
                   : tls_peer::make_identity(nullptr, wishes),
             tls_peer::serving([](const tls_peer::Request&) { return std::string(); })) {}
};

process::Result connect_to(const World& world, const Impostor& impostor) {
  process::write_text(world.scratch("impostor.pem"), impostor.authority.pem());
  world.set({{"discovery_url", impostor.peer.url("/.well-known/openid_configuration")},
             {"ca_file", world.scratch("impostor.pem").string()}});
  const auto result = try_connect(world, {"--timeout", "10"});
  world.set({{"discovery_url", world.control("GET", "app")["discovery_url"].text()},
             {"ca_file", world.ca_file()}});
  return result;
}

// The address of the answer that QuickBooks' page sends the browser to.
std::string answer_to(const World& world, const std::string& authorize) {
  return Client(world.ca_file()).call("GET", authorize).location;
}

// connect --paste: a person opens the page elsewhere and brings back `made_of(answer)`.
process::Result paste(const World& world,
                      const std::function<std::string(const std::string&)>& made_of) {
  process::Running connecting =
      world.start_host({"connect", "quickbooks", "--paste", "--timeout", "30"});
  const auto authorize = connecting.next_line();
  if (!authorize) return connecting.wait();
  connecting.write(made_of(answer_to(world, *authorize)) + "\n");
  return connecting.wait();
}

std::string parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + name.size() + 1;
  return url.substr(begin, url.find('&', begin) - begin);
}

} // namespace

TEST_CASE("wrong keys of the app connect nothing and change nothing") {
  const World world;
  const Json app = world.control("GET", "app");
  const std::string secret = app["client_secret"].text();
  const std::string before = standing(world);

  set_secret(world, "not the secret");
  fails_and_says(try_connect(world), {"client_secret", "Nothing has changed"});
  set_secret(world, secret);
  CHECK(standing(world) == before);

  // Of an unknown client id Intuit's page says so, and no answer comes back.
  world.set({{"client_id", "nobody"}});
  fails_and_says(try_connect(world, {"--timeout", "2"}), {"no answer came", "nothing has changed"});
  world.set({{"client_id", app["client_id"].text()}});
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("a refused consent changes nothing") {
  const World world;
  const std::string before = standing(world);
  consent(world, "refuse");
  fails_and_says(try_connect(world), {"refused", "Nothing has changed"});
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("an answer with a wrong state is left aside, and the right one is still taken") {
  const World world({.connected = false});
  process::Running connecting = world.start_host({"connect", "quickbooks", "--timeout", "30"});
  const auto authorize = connecting.next_line();
  REQUIRE(authorize);
  const std::string answer = answer_to(world, *authorize);
  const std::string state = parameter(answer, "state");
  Client(world.ca_file()).browse(with(answer, state, state.substr(1) + "A"));
  Client(world.ca_file()).browse(with(answer, "state=" + state, "nostate=1"));
  Client(world.ca_file()).browse(answer);
  const auto result = connecting.wait();
  CHECK(result.exit_code == 0);
  CHECK(has(result.err, "left aside"));
  CHECK(world.run_json({"status"})["connected"].text() == "true");
}

TEST_CASE("a pasted answer connects, and a wrong one says what is wrong with it") {
  World world({.virtual_clock = true, .connected = false});
  const std::string nothing = standing(world);
  fails_and_says(paste(world, [](auto&) { return "http://localhost/callback"; }),
                 {"whole address"});
  fails_and_says(paste(world, [](auto&) { return "http://localhost/callback?code=1"; }),
                 {"state", "Nothing has changed"});
  CHECK(standing(world) == nothing);

  std::string used;
  const auto pasted = paste(world, [&](const std::string& answer) { return used = answer; });
  CHECK(pasted.exit_code == 0);
  CHECK(has(pasted.out, "connected to Larkfield Fabrication (fictional)"));
  const std::string before = standing(world);

  // The same answer once more: its state was good for one.
  fails_and_says(paste(world, [&](auto&) { return used; }), {"state", "Nothing has changed"});
  // Its code behind a good state.
  const std::string used_code = parameter(used, "code");
  fails_and_says(paste(world,
                       [&](const std::string& answer) {
                         return with(answer, parameter(answer, "code"), used_code);
                       }),
                 {"code", "again", "Nothing has changed"});
  // A code that is too old.
  const auto stale = paste(world, [&](const std::string& answer) {
    world.control("POST", "clock", R"({"advance_seconds":301})");
    return answer;
  });
  fails_and_says(stale, {"code", "again", "Nothing has changed"});
  CHECK_FALSE(has(stale.err, "100 days")); // that is of tokens
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("no answer within the time changes nothing") {
  const World world;
  const std::string before = standing(world);
  const auto result = world.host({"connect", "quickbooks", "--timeout", "1"});
  fails_and_says(result, {"no answer came in time", "nothing has changed"});
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("a server that cannot be reached is named, and nothing changes") {
  World world;
  const std::string before = standing(world);
  world.stop_emulator();
  fails_and_says(try_connect(world, {"--timeout", "5"}), {"cannot be reached", "discovery_url"});
  world.start_emulator();
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("a server that cannot prove who it is gets nothing") {
  const World world;
  const std::string before = standing(world);
  SUBCASE("its certificate has expired") {
    const Impostor impostor({.valid_from_s = -7200, .valid_until_s = -3600});
    fails_and_says(connect_to(world, impostor), {"certificate"});
    CHECK(impostor.peer.connections() > 0);
    CHECK(impostor.peer.encrypted() == 0);
  }
  SUBCASE("its certificate is of an unknown authority") {
    const Impostor impostor({}, false);
    fails_and_says(connect_to(world, impostor), {"certificate"});
    CHECK(impostor.peer.connections() > 0);
    CHECK(impostor.peer.encrypted() == 0);
  }
  SUBCASE("its certificate is for another host") {
    const Impostor impostor({.names = {"DNS:other.example.com"}});
    fails_and_says(connect_to(world, impostor), {"certificate"});
    CHECK(impostor.peer.connections() > 0);
  }
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("a discovery document that names foreign hosts is not followed") {
  const World world;
  const std::string before = standing(world);
  for (const std::string endpoint :
       {"authorization_endpoint", "token_endpoint", "revocation_endpoint"})
    for (const std::string address :
         {"https://tokens.example.com/bearer", "http://127.0.0.1:9/bearer",
          "https://intuit.com.example.com/bearer", "file:///etc/passwd"}) {
      CAPTURE(endpoint);
      CAPTURE(address);
      world.fault(
          R"({"path":"/.well-known/*","action":"patch","patch":[{"op":"replace","path":"/)" +
          endpoint + R"(","value":")" + address + R"("}]})");
      world.control("DELETE", "requests");
      fails_and_says(try_connect(world, {"--timeout", "5"}), {address, "not trusted"});
      for (const Json& request : world.control("GET", "requests"))
        CHECK(has(request["path"].text(), "well-known"));
    }
  CHECK(standing(world) == before);
  still_works(world);
}

TEST_CASE("a user who disconnects the app in QuickBooks is told once, and later everything goes") {
  World world;
  world.deliver(part_saved("p-1", Part()));
  world.control("POST", "tokens", R"({"do":"disconnect"})");
  std::string lines;
  for (int i = 0; i < 5; ++i)
    lines += po_ordered("e-" + std::to_string(i), order_numbered(std::to_string(1000 + i)));
  CHECK(world.emit(lines).exit_code == 0);
  for (int round = 0; round < 3; ++round) {
    const auto drained = world.host({"drain", "quickbooks", "--timeout", "20", "--json"});
    CHECK(drained.exit_code == 4);
    CHECK(has(drained.err, "onnect again"));
    CHECK(Json::parse(drained.out)["waiting"].integer() == 5);
    REQUIRE(notices(world).size() == 1);
    CHECK(notices(world).at(0)["severity"].text() == "action_needed");
    REQUIRE(world.open_issues().size() == 1);
    const Json issue = world.open_issues().at(0);
    reads_plainly(issue);
    CHECK(documents_of(issue).size() == 5);
    CHECK(amounts_of(issue) == "625 USD");
  }
  CHECK(world.run_json({"status"})["connected"].text() == "false");
  CHECK(world.run_json({"status"})["reconnect_needed"].text() == "true");
  CHECK(world.run_json({"status"})["waiting"].integer() == 5);
  CHECK(world.host({"run", "quickbooks", "refresh"}).exit_code == 4);
  world.connect();
  CHECK(notices(world).size() == 0);
  CHECK(world.open_issues().size() == 0);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 5);
}

TEST_CASE("a secret that Intuit no longer takes is told as such, and mended it goes on") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  const std::string secret = world.control("GET", "app")["client_secret"].text();
  set_secret(world, "rotated elsewhere");
  world.control("POST", "tokens", R"({"do":"expire_access"})");
  CHECK(world.emit(po_ordered("e-1", order_numbered("1042"))).exit_code == 0);
  const auto drained = world.drain(5);
  CHECK(drained.exit_code == 4);
  CHECK(has(drained.err, "client_secret"));
  CHECK(notices(world).size() == 1);
  CHECK(has(notices(world).at(0).dump(), "client_secret"));
  CHECK(has(world.open_issues().dump(), "client_secret"));
  set_secret(world, secret);
  CHECK(world.drain().exit_code == 0); // the connection itself never ended
  CHECK(world.count("PurchaseOrder") == 1);
  CHECK(notices(world).size() == 0);
  CHECK(world.open_issues().size() == 0);
}
