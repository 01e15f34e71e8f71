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
