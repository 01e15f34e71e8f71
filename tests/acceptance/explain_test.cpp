#include "acceptance/people.hpp"

#include <doctest/doctest.h>

using namespace acceptance;

namespace {

std::string explained(const World& world, const std::string& subject) {
  return world.must({"run", "quickbooks", "explain", subject}).out;
}

} // namespace

TEST_CASE("an order explains each line: why this item, this account and this class") {
  const World world;
  world.deliver(po_ordered("e-1", order_of_every_kind("1042")));
  const std::string text = explained(world, "purchase_order/1042");
  INFO(text);
  CHECK(has(text, "vendor Hicks Hardware (Id "));
  CHECK(has(text, "the supplier is called so in QuickBooks"));
  CHECK(has(text, "payables account Accounts Payable (A/P) (Id "));
  CHECK(has(text, "the setting ap_account says"));
  CHECK(has(text, "the line has part and quantity and no Expense Code"));
  CHECK(has(text, "the line's Expense Code says"));
  CHECK(has(text, "the line's Class says"));
  CHECK(has(text, "the setting fees_account says"));
  world.deliver(po_ordered("e-2", with_code("1044", "")));
  CHECK(has(explained(world, "purchase_order/1044"), "the line has no Expense Code; the setting"));

  const Json json = world.run_json({"explain", "purchase_order/1042"});
  CHECK(json["state"].text() == "delivered");
  // What is explained is what stands there.
  const Json written = world.purchase_order("1042");
  std::size_t named = 0;
  for (std::size_t i = 0; i < json["lines"].size(); ++i) {
    const Json line = json["lines"].at(i), stands = written["Line"].at(i);
    CHECK(plain(line["amount"].text()) == plain(stands["Amount"].text()));
    const Json detail = stands[stands["DetailType"].text()];
    for (const Json& reason : line["reasons"])
      for (const auto& [role, member] :
           {std::pair("item", "ItemRef"), {"account", "AccountRef"}, {"class", "ClassRef"}})
        if (reason["role"].text() == role) {
          ++named;
          CHECK(detail[member]["value"].text() == reason["id"].text());
        }
  }
  CHECK(named >= 4);
}

TEST_CASE("what is held up explains what holds it, before anything is sent") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  world.reset_counts();
  CHECK(world.emit(po_ordered("e-1", with_code("1043", "Shop Suplies"))).exit_code == 0);
  const std::string text = explained(world, "purchase_order/1043");
  INFO(text);
  CHECK(has(text, "Purchase order 1043: it is held up"));
  CHECK(has(text, "Shop Suplies"));
  CHECK(world.counted("calls") == 0); // explaining asks nobody
  CHECK(has(world.host({"run", "quickbooks", "explain", "purchase_order/7"}).err,
            "Nothing was recorded of \"purchase_order/7\""));
}

TEST_CASE("a part explains the accounts of its item") {
  const World world;
  world.deliver(part_saved("p-1", Part()));
  const std::string text = explained(world, "part/P-1");
  INFO(text);
  CHECK(has(text, "in QuickBooks"));
}
