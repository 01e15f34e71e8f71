#include "delivery/refresh.hpp"
#include "scene.hpp"

using namespace qb;

namespace {

constexpr const char* since = "2027-01-15T07:00:00Z";

// Tells of no changes, and is killed when all vendors are asked for.
struct EndingCompany final : company::Company {
  using Company::call;
  company::Reply call(const qbo::Request& request, const std::string&,
                      const company::Leaving&) override {
    if (request.path != "cdc") throw Killed{};
    company::Reply reply;
    reply.outcome.kind = OutcomeKind::accepted;
    reply.answer = *qbo::read(R"({"CDCResponse":[],"time":"2027-01-15T08:00:00Z"})");
    return reply;
  }
};

// Answers readings, but for those whose query holds the words.
struct ReadCompany final : company::Company {
  std::string lost_on;
  using Company::call;
  company::Reply call(const qbo::Request& request, const std::string&,
                      const company::Leaving&) override {
    company::Reply reply; // lost
    if (request.path == "cdc") return reply;
    if (!lost_on.empty() && !request.query.empty() &&
        request.query.front().second.find(lost_on) != std::string::npos)
      return reply;
    reply.outcome.kind = OutcomeKind::accepted;
    reply.answer = *qbo::read(
        R"({"Preferences":{"CurrencyPrefs":{"HomeCurrency":{"value":"USD"}}},)"
        R"("QueryResponse":{"CompanyInfo":[{"Country":"US"}]},"time":"2027-01-15T08:00:00Z"})");
    return reply;
  }
};

} // namespace

TEST_CASE("who is killed before all changes are stored asks for the same changes again") {
  Scene scene;
  const directory::Directory directory(scene.store);
  scene.store.write([](store::Connection& db) {
    directory::Directory::put_fact(db, "filled", "true");
    directory::Directory::put_fact(db, "kept", "Account,Class,Item,PurchaseOrder");
    directory::Directory::put_fact(db, "cdc_since", since);
  });
  EndingCompany company;
  CHECK_THROWS_AS(delivery::refresh(company, scene.store, directory, scene.settings,
                                    delivery::Depth::changes, scene.now),
                  Killed);
  CHECK(directory.fact("cdc_since") == since);
}

TEST_CASE("a first reading that breaks off leaves no mark, and all is read again") {
  Scene scene;
  const directory::Directory directory(scene.store);
  ReadCompany company;
  const auto read = [&] { // changes only, if it is known since when
    return delivery::refresh(company, scene.store, directory, scene.settings,
                             delivery::Depth::changes, scene.now);
  };
  company.lost_on = "FROM Vendor";
  CHECK_FALSE(read());
  CHECK_FALSE(directory.fact("cdc_since"));
  company.lost_on.clear();
  const auto done = read();
  REQUIRE(done);
  CHECK(done->full);
  CHECK(directory.fact("cdc_since") == "2027-01-15T07:55:00Z"); // changes may surface late
}
