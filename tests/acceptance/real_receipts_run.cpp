#include "acceptance/people.hpp"
#include "acceptance/real_receipts.hpp"

#include <doctest/doctest.h>

namespace acceptance {
namespace {

bool is_there(const World& world, const char* entity, const std::string& full_name) {
  for (const Json& object : world.objects(entity))
    if (object["FullyQualifiedName"].text() == full_name) return true;
  return false;
}

// What the dressed orders name: currencies with a payables account each, accounts and classes.
void make_ready_for_dressed_orders(const World& world) {
  Json preferences = world.admin_read("preferences")["Preferences"];
  preferences.member("CurrencyPrefs").set("MultiCurrencyEnabled", Json::parse("true"));
  world.admin_write("preferences", preferences);
  for (const char* currency : {"EUR", "JPY", "KWD"}) {
    Json account = Json::object();
    account.set("Name", std::string("Payables ") + currency)
        .set("AccountType", "Accounts Payable")
        .set("CurrencyRef", Json::object().set("value", currency));
    world.admin_write("account", account);
  }
  for (const char* name : {"Shop Supplies", "R&D Supplies", "Tooling"})
    if (!is_there(world, "Account", name)) add_account(world, name);
  for (const char* name : {"Production", "R&D"})
    if (!is_there(world, "Class", name)) add_class(world, name);
  if (!is_there(world, "Class", "Production:Assembly"))
    add_class(world, "Assembly", in_books(world, "Class", "Production"));
}

} // namespace

void brings_real_receipts(int orders, const std::string& mode, int dress) {
  const auto events = adventure_works_receipts(orders, dress);
  if (!events) {
    MESSAGE("skipped: ../shared/tools/adventureworks_events.py or python3 is not here");
    return;
  }
  WorldOptions options;
  options.settings = {{"receipts", mode}, {"missing_supplier", "create"}};
  if (dress > 0)
    for (const std::string currency : {"EUR", "JPY", "KWD"})
      options.settings["ap_account." + currency] = "Payables " + currency;
  options.connected = dress == 0;
  World world(options);
  if (dress > 0) {
    make_ready_for_dressed_orders(world);
    world.connect();
  }
  world.must({"emit", "-"}, *events);
  world.must({"drain", "quickbooks", "--timeout", "1500"});
  CHECK(world.open_issues().size() == 0);
  const Received seen = check_receipts(world, *events, mode);
  world.must({"run", "quickbooks", "prove", "--problems"});
  world.reset_counts();
  world.must({"emit", "-"}, *events);
  world.must({"drain", "quickbooks", "--timeout", "600"});
  CHECK(world.counted("writes") == 0);
  CHECK(check_receipts(world, *events, mode).bills == seen.bills);
  MESSAGE(mode, ", dress ", dress, ": ", seen.orders, " orders, ", seen.receipts, " receipts, ",
          seen.bills, " bills of ", seen.billed_cents, " cents of all currencies, ", seen.closed,
          " orders closed, ", seen.over, " lines over-received");
}

} // namespace acceptance
