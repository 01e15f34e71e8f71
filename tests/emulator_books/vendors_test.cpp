#include "desk.hpp"

#include <doctest/doctest.h>

using nlohmann::json;

TEST_CASE("a vendor name is unique over vendors and customers together") {
  Desk desk;
  CHECK(desk.post("vendor", {{"DisplayName", "hicks hardware"}}).code() == "6240");
  const auto reply = desk.post("vendor", {{"DisplayName", "Cedar Point Robotics"}});
  CHECK(reply.code() == "6240");
  CHECK(reply.detail().find("customer, vendor or employee") != std::string::npos);
}

TEST_CASE("a vendor is made of its name parts when no DisplayName is sent") {
  Desk desk;
  const auto reply = desk.post("vendor", {{"GivenName", "Pat"}, {"FamilyName", "Sample"}});
  CHECK(reply["Vendor"]["DisplayName"] == "Pat Sample");
  CHECK(reply["Vendor"]["PrintOnCheckName"] == "Pat Sample");
  CHECK(reply["Vendor"]["Balance"] == 0);
  CHECK(reply["Vendor"]["Vendor1099"] == false);
  CHECK(desk.post("vendor", {{"Notes", "no name"}}).code() == "6080");
}

TEST_CASE("a sparse update cannot clear the DisplayName") {
  Desk desk;
  const auto id = desk.id_of("Vendor", "Hicks Hardware");
  const json update = {
      {"Id", id}, {"SyncToken", "0"}, {"sparse", true}, {"DisplayName", ""}, {"Notes", "n"}};
  CHECK(desk.post("vendor", update)["Vendor"]["DisplayName"] == "Hicks Hardware");
}

TEST_CASE("a tax id comes back masked, and a masked one written back destroys it") {
  Desk desk;
  auto vendor =
      desk.post("vendor", {{"DisplayName", "Masked"}, {"TaxIdentifier", "12-3456789"}})["Vendor"];
  CHECK(vendor["TaxIdentifier"] == "XXXXXX6789");
  REQUIRE(desk.post("vendor", vendor).status == 200);
  bool found = false;
  for (const auto& record : desk.books.save()["shelves"]["Vendor"]["records"])
    found = found || record["body"].get<std::string>().find("3456789") != std::string::npos;
  CHECK_FALSE(found);
}

TEST_CASE("a broken e-mail address is fault 2210") {
  Desk desk;
  const json vendor = {{"DisplayName", "Mail"}, {"PrimaryEmailAddr", {{"Address", "nobody"}}}};
  CHECK(desk.post("vendor", vendor).code() == "2210");
}

TEST_CASE("a balance that is sent is dropped") {
  Desk desk;
  CHECK(desk.post("vendor", {{"DisplayName", "Rich"}, {"Balance", 500}})["Vendor"]["Balance"] == 0);
}

TEST_CASE("addresses keep their id over updates") {
  Desk desk;
  const json body = {{"DisplayName", "Here"}, {"BillAddr", {{"Line1", "1 Sample Street"}}}};
  auto vendor = desk.post("vendor", body)["Vendor"];
  const auto id = vendor["BillAddr"]["Id"];
  vendor["BillAddr"]["City"] = "Exampleton";
  vendor = desk.post("vendor", vendor)["Vendor"];
  CHECK(vendor["BillAddr"] ==
        json{{"Id", id}, {"Line1", "1 Sample Street"}, {"City", "Exampleton"}});
}

TEST_CASE("a vendor who is still owed money cannot be made inactive") {
  Desk desk;
  REQUIRE(desk.post("bill", desk.bill("0", 4)).status == 200);
  const auto id = desk.id_of("Vendor", "Hicks Hardware");
  CHECK(desk.post("vendor", {{"Id", id}, {"SyncToken", "0"}, {"sparse", true}, {"Active", false}})
            .code() == "6220");
}

TEST_CASE("terms have days or a day of the month, not both") {
  Desk desk;
  CHECK(desk.post("term", {{"Name", "Net 45"}, {"DueDays", 45}})["Term"]["Type"] == "STANDARD");
  CHECK(desk.post("term", {{"Name", "Tenth"}, {"DayOfMonthDue", 10}})["Term"]["Type"] ==
        "DATE_DRIVEN");
  CHECK(desk.post("term", {{"Name", "Both"}, {"DueDays", 5}, {"DayOfMonthDue", 10}}).code() ==
        "2600");
  CHECK(desk.post("term", {{"Name", "Long"}, {"DueDays", 1000}}).code() == "2240");
}
