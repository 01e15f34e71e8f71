#include "desk.hpp"

#include <doctest/doctest.h>

using emulator::Books;
using nlohmann::json;

TEST_CASE("the seeded company is the same every time") {
  const auto once = Books::seeded(emulator::Region::us, "1", "Example Works");
  const auto twice = Books::seeded(emulator::Region::us, "1", "Example Works");
  CHECK(once.save() == twice.save());
  CHECK(once.realm() == "1");
  CHECK(once.company_name() == "Example Works");
}

TEST_CASE("saved books loaded again answer as before and go on counting") {
  Desk desk;
  const std::string order = desk.post("purchaseorder", desk.order("7"))["PurchaseOrder"]["Id"];
  REQUIRE(desk.post("bill", desk.bill(order, 4)).status == 200);
  const auto gone = desk.post("purchaseorder", desk.order("8"))["PurchaseOrder"]["Id"];
  desk.post_with("purchaseorder", "operation", "delete", {{"Id", gone}, {"SyncToken", "0"}});
  const auto since = "2026-08-20T00:00:00-07:00";
  const auto changes = desk.cdc("PurchaseOrder,Bill,Item", since).body["CDCResponse"];

  const auto text = desk.books.save().dump();
  desk.books = Books::load(json::parse(text));
  CHECK(desk.books.save().dump() == text);
  CHECK(desk.cdc("PurchaseOrder,Bill,Item", since).body["CDCResponse"] == changes);
  CHECK(desk.post("purchaseorder", desk.order("7")).code() == "6140");
  CHECK(desk.post("vendor", {{"DisplayName", "Hicks Hardware"}}).code() == "6240");
  CHECK(desk.post("purchaseorder", desk.order("9"))["PurchaseOrder"]["Id"] == "104");
}

TEST_CASE("numbers survive saving to the last digit") {
  Desk desk;
  auto text = desk.order().dump();
  text.replace(text.find("\"UnitPrice\":12.5"), 16, "\"UnitPrice\":12345678901.1234567");
  text.replace(text.find("\"Qty\":10"), 8, "\"Qty\":0.1");
  text.replace(text.find("\"Amount\":125"), 12, "\"Amount\":1234567890.11");
  const auto created = desk.post_text("purchaseorder", text);
  REQUIRE_MESSAGE(created.status == 200, created.text);
  desk.books = Books::load(json::parse(desk.books.save().dump()));
  const auto read = desk.get("purchaseorder/" + created["PurchaseOrder"]["Id"].get<std::string>());
  CHECK(read.text.find("\"UnitPrice\":12345678901.1234567,") != std::string::npos);
  CHECK(read.text.find("\"Amount\":1234567890.11,") != std::string::npos);
}

TEST_CASE("what is no saved book is refused") {
  for (const auto* text : {"{}", "[]", "null", R"({"format":99})"})
    CHECK_THROWS_AS(Books::load(json::parse(text)), std::runtime_error);
  auto saved = Books::seeded(emulator::Region::us, "1", "Example Works").save();
  saved["shelves"]["Vendor"]["records"][0]["body"] = "not json";
  CHECK_THROWS_AS(Books::load(saved), std::runtime_error);
}

TEST_CASE("times are US Pacific, in summer and in winter") {
  using emulator::pacific_millis;
  using emulator::parse_instant;
  CHECK(pacific_millis(parse_instant("2026-08-20T13:58:50.262Z").value()) ==
        "2026-08-20T06:58:50.262-07:00");
  CHECK(pacific_millis(parse_instant("2026-01-20T13:58:50Z").value()) ==
        "2026-01-20T05:58:50.000-08:00");
  CHECK(pacific_millis(parse_instant("2026-03-08T09:59:59Z").value()) ==
        "2026-03-08T01:59:59.000-08:00");
  CHECK(pacific_millis(parse_instant("2026-03-08T10:00:00Z").value()) ==
        "2026-03-08T03:00:00.000-07:00");
  CHECK(pacific_millis(parse_instant("2026-11-01T09:00:00Z").value()) ==
        "2026-11-01T01:00:00.000-08:00");
}

TEST_CASE("instants are read with any offset, and in US Pacific time without one") {
  using emulator::parse_instant;
  const auto noon = parse_instant("2026-08-20T12:00:00Z");
  REQUIRE(noon);
  CHECK(parse_instant("2026-08-20T14:00:00+02:00") == noon);
  CHECK(parse_instant("2026-08-20T05:00:00") == noon);
  CHECK(parse_instant("2026-08-20T05:00:00.000-0700") == noon);
  for (const auto* text :
       {"", "2026-8-20", "2026-02-30", "2026-08-20T25:00:00Z", "2026-08-20T12:00:00+", "now",
        "2026-08-20T12:00:00Zx", "2026-08-20 12:00:00", "2026-08-20T12:00:00."})
    CHECK_MESSAGE(!parse_instant(text), text);
}

TEST_CASE("an order costs the same whether the books hold one or thousands") {
  Desk desk;
  const auto order = desk.order();
  // The quickest of ten rounds, so that a busy machine does not decide.
  const auto quickest = [&](int first) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int round = 0; round < 10; ++round) {
      const auto begin = std::chrono::steady_clock::now();
      for (int i = 0; i < 50; ++i) {
        auto body = order;
        body["DocNumber"] = std::to_string(first + round * 50 + i);
        REQUIRE(desk.post("purchaseorder", body).status == 200);
      }
      best = std::min(best, std::chrono::steady_clock::now() - begin);
    }
    return best;
  };
  const auto early = quickest(1000);
  for (int first = 2000; first < 6000; first += 500)
    quickest(first);
  CHECK(quickest(9000) < early * 4);
}
