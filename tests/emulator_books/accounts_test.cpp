#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

namespace {

json expense(const std::string& name) {
  return {{"Name", name}, {"AccountType", "Expense"}};
}

json inactive(const json& object) {
  return {{"Id", object["Id"]},
          {"SyncToken", object["SyncToken"]},
          {"sparse", true},
          {"Active", false}};
}

} // namespace

TEST_CASE(
    "an account gets classification and sub-type from its type, or its type from the sub-type") {
  Desk desk;
  const auto by_type = desk.post("account", expense("Welding"))["Account"];
  CHECK(by_type["Classification"] == "Expense");
  CHECK(by_type["AccountSubType"] == "OtherMiscellaneousServiceCost");
  CHECK(by_type["CurrentBalance"] == 0);
  const auto by_subtype =
      desk.post("account", {{"Name", "Stock"}, {"AccountSubType", "Inventory"}})["Account"];
  CHECK(by_subtype["AccountType"] == "Other Current Asset");
  CHECK(desk.post("account", {{"Name", "Nothing"}}).code() == "6010");
  const json mixed = {{"Name", "Mixed"}, {"AccountType", "Bank"}, {"AccountSubType", "Inventory"}};
  CHECK(desk.post("account", mixed).code() == "6000");
}

TEST_CASE("an account name is unique under its parent, whatever its case") {
  Desk desk;
  CHECK(desk.post("account", expense("tooling")).code() == "6240");
  auto sub = expense("Tooling");
  sub["ParentRef"] = by_id(desk.id_of("Account", "Supplies"));
  const auto reply = desk.post("account", sub);
  CHECK(reply["Account"]["FullyQualifiedName"] == "Supplies:Tooling");
  CHECK(reply["Account"]["SubAccount"] == true);
  CHECK(desk.post("account", sub).code() == "6240");
}

TEST_CASE("a colon, a quote, a tab or a newline in an account name is fault 2040") {
  Desk desk;
  for (const auto* name : {"A:B", "A\"B", "A\tB", "A\nB"})
    CHECK(desk.post("account", expense(name)).code() == "2040");
}

TEST_CASE("an account number is unique and at most seven characters in the US") {
  Desk desk;
  auto account = expense("Welding");
  account["AcctNum"] = "12345678";
  CHECK(desk.post("account", account).code() == "2050");
  account["AcctNum"] = "6300";
  CHECK(desk.post("account", account).code() == "6240");
  account["AcctNum"] = "6301";
  CHECK(desk.post("account", account).status == 200);
}

TEST_CASE("sub-accounts have their parent's type, no circles and at most five levels") {
  Desk desk;
  auto wrong = expense("Sub");
  wrong["ParentRef"] = by_id(desk.id_of("Account", "Checking"));
  CHECK(desk.post("account", wrong).code() == "6430");
  std::string parent = desk.id_of("Account", "Supplies");
  for (const auto* name : {"B", "C", "D", "E"}) {
    auto sub = expense(name);
    sub["ParentRef"] = by_id(parent);
    parent = desk.post("account", sub)["Account"]["Id"];
  }
  auto sixth = expense("F");
  sixth["ParentRef"] = by_id(parent);
  CHECK(desk.post("account", sixth).code() == "6180");
  auto top = desk.get("account/" + desk.id_of("Account", "Supplies"))["Account"];
  top["ParentRef"] = by_id(desk.id_of("Account", "Supplies:B"));
  CHECK(desk.post("account", top).code() == "900");
}

TEST_CASE("renaming a parent renames all below it") {
  Desk desk;
  auto top = desk.get("account/" + desk.id_of("Account", "Supplies"))["Account"];
  top["Name"] = "Materials";
  REQUIRE(desk.post("account", top).status == 200);
  CHECK(desk.id_of("Account", "Materials:R&D") != "");
}

TEST_CASE("an inactive account is called deleted, leaves its name free and hides from queries") {
  Desk desk;
  const auto tooling = desk.get("account/" + desk.id_of("Account", "Tooling"))["Account"];
  const auto gone = desk.post("account", inactive(tooling))["Account"];
  CHECK(gone["Active"] == false);
  CHECK(gone["Name"] == "Tooling (deleted)");
  CHECK(gone["FullyQualifiedName"] == "Tooling (deleted)");
  CHECK(desk.query("select * from Account where Name = 'Tooling (deleted)'")["QueryResponse"]
            .empty());
  const auto again = desk.post("account", expense("Tooling"));
  REQUIRE(again.status == 200);
  CHECK(desk.post("account", inactive(again["Account"]))["Account"]["Name"] ==
        "Tooling (deleted 1)");
}

TEST_CASE(
    "an inactive account takes no change but its reactivation, which does not restore the name") {
  Desk desk;
  const auto tooling = desk.get("account/" + desk.id_of("Account", "Tooling"))["Account"];
  const auto gone = desk.post("account", inactive(tooling))["Account"];
  json change = {{"Id", gone["Id"]}, {"SyncToken", "1"}, {"sparse", true}, {"Description", "x"}};
  CHECK(desk.post("account", change).code() == "610");
  change["Active"] = true;
  const auto back = desk.post("account", change)["Account"];
  CHECK(back["Name"] == "Tooling (deleted)");
  json rename = {{"Id", gone["Id"]}, {"SyncToken", "2"}, {"sparse", true}, {"Name", "Tooling"}};
  CHECK(desk.post("account", rename)["Account"]["Name"] == "Tooling");
}

TEST_CASE("classes have long ids, unique names under a parent and qualified names") {
  Desk desk;
  json assembly = {{"Name", "Assembly"}, {"ParentRef", by_id(desk.id_of("Class", "Production"))}};
  CHECK(desk.post("class", assembly).code() == "6240");
  assembly["ParentRef"] = by_id(desk.id_of("Class", "R&D"));
  const auto reply = desk.post("class", assembly);
  CHECK(reply["Class"]["FullyQualifiedName"] == "R&D:Assembly");
  CHECK(reply["Class"]["SubClass"] == true);
  CHECK(reply["Class"]["Id"].get<std::string>().size() == 19);
}

TEST_CASE("lists cannot be deleted, only made inactive") {
  Desk desk;
  CHECK(
      desk.post_with("account", "operation", "delete", {{"Id", "1"}, {"SyncToken", "0"}}).code() ==
      "500");
}

TEST_CASE("a balance moves along when a sub-account gets another parent") {
  Desk desk;
  const auto asset = [&](const std::string& name, const std::string& parent) {
    json account = {{"Name", name}, {"AccountType", "Other Current Asset"}};
    if (!parent.empty()) account["ParentRef"] = by_id(parent);
    return desk.post("account", account)["Account"]["Id"].get<std::string>();
  };
  const auto first = asset("First", ""), second = asset("Second", ""), sub = asset("Sub", first);
  auto bill = desk.bill("0", 1);
  bill["Line"] = {{{"DetailType", "AccountBasedExpenseLineDetail"},
                   {"Amount", 80.25},
                   {"AccountBasedExpenseLineDetail", {{"AccountRef", by_id(sub)}}}}};
  REQUIRE(desk.post("bill", bill).status == 200);
  const auto with_subs = [&](const std::string& id) {
    return desk.get("account/" + id)["Account"]["CurrentBalanceWithSubAccounts"];
  };
  CHECK(with_subs(first) == 80.25);
  auto moved = desk.get("account/" + sub)["Account"];
  moved["ParentRef"] = by_id(second);
  REQUIRE(desk.post("account", moved).status == 200);
  CHECK(with_subs(first) == 0);
  CHECK(with_subs(second) == 80.25);
}
