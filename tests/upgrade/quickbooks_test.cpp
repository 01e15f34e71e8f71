#include "acceptance/world.hpp"

#include <doctest/doctest.h>
#include <filesystem>

using namespace acceptance;

namespace {

const std::vector<std::string> upgrade{"plugins", "upgrade", QUICKBOOKS_NEXT};

std::string version_of(const World& world) {
  return Json::parse(world.must({"plugins", "list", "--json"}).out).at(0)["version"].text();
}

} // namespace

TEST_CASE("an upgraded QuickBooks plugin keeps connection, settings and links, and each order is "
          "written once") {
  const World world;
  const std::string settings = world.must({"settings", "show", "quickbooks"}).out;
  world.deliver(po_ordered("e-1", order_numbered("1")));
  CHECK(world.emit(po_ordered("e-2", order_numbered("2"))).exit_code == 0); // waits in the plugin
  world.reset_counts();
  world.must(upgrade);
  CHECK(version_of(world) == "99.0.0");
  CHECK(world.counted("calls") == 0); // the rehearsal has reached nobody
  CHECK(world.must({"settings", "show", "quickbooks"}).out == settings);

  world.deliver(po_ordered("e-3", order_numbered("3")));
  world.emit(po_ordered("e-1", order_numbered("1"))); // once more: it is known
  CHECK(world.drain().exit_code == 0);
  Order changed = order_numbered("1");
  changed.version = 2;
  changed.memo = "Deliver to dock 4";
  world.deliver(po_ordered("e-4", changed));
  for (const char* const number : {"1", "2", "3"})
    CHECK(world.purchase_order(number)["DocNumber"].text() == number); // one of each
  CHECK(world.count("PurchaseOrder") == 3);
  CHECK(world.open_issues().size() == 0);

  world.must({"plugins", "rollback", "quickbooks"});
  CHECK(version_of(world) != "99.0.0");
  world.deliver(po_ordered("e-5", order_numbered("5")));
  world.emit(po_ordered("e-3", order_numbered("3")));
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 4);
  CHECK(world.run_json({"links", "list"}).size() >= 4);
}

TEST_CASE("the QuickBooks plugin's manifest says the version of its data that it writes") {
  const World world({.connected = false});
  const Json manifest = Json::parse(process::text_of(QUICKBOOKS_MANIFEST));
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(world.plugin_data())) {
    const std::string content = process::text_of(entry.path());
    if (!content.starts_with("SQLite format 3")) continue;
    ++seen;
    int version = 0; // user_version, big-endian at byte 60 of the file
    for (int i = 60; i < 64; ++i)
      version = version * 256 + static_cast<unsigned char>(content.at(i));
    CHECK(std::to_string(version) == manifest["state_version"].text());
  }
  CHECK(seen == 1);
  bool reads_its_own = false;
  for (const Json& one : manifest["reads_state"])
    reads_its_own = reads_its_own || one.text() == manifest["state_version"].text();
  CHECK(reads_its_own);
}

TEST_CASE("a QuickBooks plugin that was upgraded and not used goes back as if nothing had been") {
  const World world;
  world.emit(po_ordered("e-1", order_numbered("1")));
  world.must(upgrade);
  const auto back = world.must({"plugins", "rollback", "quickbooks"});
  CHECK(back.out.find("with the data of before") != std::string::npos);
  CHECK(world.drain().exit_code == 0);
  CHECK(world.count("PurchaseOrder") == 1);
}
