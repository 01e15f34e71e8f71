#include "market.hpp"

#include <doctest/doctest.h>
#include <tls_peer/trusted_peer.hpp>

using namespace market;

namespace {

using tls_peer::Request;

// What a web server does with the folder of a marketplace.
std::string served(const std::filesystem::path& folder, const Request& request) {
  const std::string prefix = "/erp/";
  const auto file = folder / request.target.substr(std::min(prefix.size(), request.target.size()));
  if (request.target.rfind(prefix, 0) != 0 || !std::filesystem::is_regular_file(file))
    return tls_peer::answer(404, "nothing here");
  return tls_peer::answer(200, process::text_of(file));
}

struct Served : Market {
  Served() {
    offer(ship_1_0());
    sign_keys();
    sign_index();
  }
  tls_peer::TrustedPeer server{
      tls_peer::serving([this](const Request& request) { return served(folder(), request); })};
  process::Result add_from(const std::string& url, const std::string& ca_file) const {
    std::vector<std::string> words = {"add", url, "--root-key", root.public_key.string()};
    if (!ca_file.empty()) words.insert(words.end(), {"--ca-file", ca_file});
    return run(words);
  }
};

} // namespace

TEST_CASE("a marketplace behind https is added, refreshed and installed from") {
  const Served market;
  const auto added = market.add_from(market.server.peer.url("/erp/"), market.server.ca_file());
  REQUIRE_MESSAGE(added.exit_code == 0, added.err);
  CHECK(market.run({"refresh"}).exit_code == 0);
  const auto installed = market.install();
  REQUIRE_MESSAGE(installed.exit_code == 0, installed.err);
  CHECK(market.installed()[0].at("signature") == "verified");
}

TEST_CASE("a server that cannot prove who it is gets no request") {
  const Served market;
  const auto unknown = market.add_from(market.server.peer.url("/erp"), "");
  CHECK(unknown.exit_code == 1);
  CHECK_MESSAGE(has(unknown.err, "could not prove who it is"), unknown.err);
  CHECK(market.server.peer.encrypted() == 0);
  const tls_peer::TrustedPeer other(
      tls_peer::serving([](const Request&) { return tls_peer::answer(200, "{}"); }),
      {.names = {"DNS:elsewhere.example.com"}});
  const auto misnamed = market.add_from(other.peer.url("/erp"), other.ca_file());
  CHECK(misnamed.exit_code == 1);
  CHECK_MESSAGE(has(misnamed.err, "could not prove who it is"), misnamed.err);
}

TEST_CASE("addresses that are not plain https are refused") {
  const Served market;
  const std::vector<std::pair<std::string, std::string>> addresses = {
      {"http://plugins.example.com/erp", "does not begin with https://"},
      {"file:///etc", "does not begin with https://"},
      {"https://name:word@plugins.example.com/", "holds no name, password"},
      {"https://plugins.example.com/?a=b", "holds no name, password"},
      {"https://", "is no address"}};
  for (const auto& [address, why] : addresses) {
    const auto result = market.add_from(address, "");
    CHECK(result.exit_code == 1);
    CHECK_MESSAGE(has(result.err, why), result.err);
  }
  CHECK(has(market.add_from("nowhere", "").err, "neither a folder nor an address"));
}

TEST_CASE("a redirect is not followed") {
  const Served market;
  const std::string there = market.server.peer.url("/erp/keys.json");
  const tls_peer::TrustedPeer mover(tls_peer::serving([&](const Request&) {
    return tls_peer::answer(302, "", {{"Location", there}});
  }));
  const auto result = market.add_from(mover.peer.url("/erp"), mover.ca_file());
  CHECK(result.exit_code == 1);
  CHECK_MESSAGE(has(result.err, "redirects are not followed"), result.err);
  CHECK(market.server.peer.connections() == 0);
}

TEST_CASE("an answer that is too large, missing or broken off is refused") {
  const Served market;
  const auto with = [&](const std::string& answer) {
    const tls_peer::TrustedPeer server(tls_peer::serving([&](const Request&) { return answer; }));
    return market.add_from(server.peer.url("/erp"), server.ca_file());
  };
  const auto endless = with(tls_peer::answer(200, std::string(300 * 1024, ' ')));
  CHECK(endless.exit_code == 1);
  CHECK_MESSAGE(has(endless.err, "is larger than the 262144 bytes"), endless.err);
  CHECK(has(with(tls_peer::answer(404, "")).err, "the server answers 404"));
  CHECK(has(with(tls_peer::answer(500, "")).err, "the server answers 500; try again later"));
  CHECK(has(with("garbage\r\n\r\n").err, "try again later"));
}
