#include "filled_directory.hpp"

#include <chrono>

using Result = qb::mapping::Match::Result;
using Names = std::vector<std::string>;

namespace {

erp::Part part(const std::string& number, const std::string& revision = "") {
  erp::Part p;
  p.id = "P-1";
  p.number = number;
  if (!revision.empty()) p.revision = revision;
  return p;
}

} // namespace

TEST_CASE("an account is found by number, by leaf name and by its path") {
  FilledDirectory d;
  const auto supplies = d.account("Job Expenses:Shop Supplies", "6010");
  const auto rent = d.account("Rent", "6020");
  for (const char* typed : {"6010", "Shop Supplies", "Job Expenses:Shop Supplies", "shop supplies",
                            "  Shop   SUPPLIES ", "job expenses:shop supplies", " 6010 "}) {
    CAPTURE(typed);
    const auto match = d.directory.account(typed);
    CHECK(match.result == Result::found);
    CHECK(match.known.id == supplies);
  }
  CHECK(d.directory.account("Rent").known.id == rent);
  CHECK(d.directory.account("").result == Result::missing);
  CHECK(d.directory.account("Job Expenses").result == Result::missing);
  CHECK(d.directory.account("Shop").result == Result::missing);
}

TEST_CASE("a number comes before a name, an exact name before one that only reads the same") {
  FilledDirectory d;
  d.account("6010");
  const auto numbered = d.account("Freight", "6010");
  CHECK(d.directory.account("6010").known.id == numbered);
  d.account("Group A:TRAVEL");
  const auto exact = d.account("Group B:Travel");
  CHECK(d.directory.account("Travel").known.id == exact);
  CHECK(d.directory.account("travel").result == Result::ambiguous);
}

TEST_CASE("several accounts are never guessed between, and each can still be named") {
  FilledDirectory d;
  const auto office = d.account("Office:Supplies");
  const auto top = d.account("Supplies");
  const auto match = d.directory.account("Supplies");
  CHECK(match.result == Result::ambiguous);
  CHECK(match.candidates == Names{"Office:Supplies", ":Supplies"});
  CHECK(d.directory.account("Office:Supplies").known.id == office);
  CHECK(d.directory.account(":Supplies").known.id == top);
  CHECK(d.directory.account(": supplies").known.id == top);
  d.account("A", "77");
  d.account("B", "77");
  CHECK(d.directory.account("77").result == Result::ambiguous);
}

TEST_CASE("an inactive account is said to be inactive, and an active one is preferred") {
  FilledDirectory d;
  d.account("Shop Supplies (deleted)", "6010", false);
  for (const char* typed : {"6010", "Shop Supplies", "shop supplies"})
    CHECK(d.directory.account(typed).result == Result::inactive);
  const auto active = d.account("Parent:Shop Supplies");
  CHECK(d.directory.account("Shop Supplies").known.id == active);
  CHECK(d.directory.account("Shop Supplies").result == Result::found);
}

TEST_CASE("a misspelt account is not taken, but what it was near to is told") {
  FilledDirectory d;
  d.account("Job Expenses:Shop Supplies");
  d.account("Shop Suppliers");
  d.account("Rent");
  d.account("Shop Suplies (deleted)", "", false);
  for (const char* typed : {"Shop Supplys", "Job Expenses:Shop Supplys"}) {
    const auto match = d.directory.account(typed);
    CHECK(match.result == Result::missing);
    CHECK(match.candidates.size() == 2);
    CHECK(match.candidates.at(0) == "Job Expenses:Shop Supplies");
  }
  CHECK(d.directory.account("Completely different").candidates.empty());
}

TEST_CASE("a class is found as an account is, and is none") {
  FilledDirectory d;
  const auto research = d.klass("Departments:R&D");
  d.account("Marketing");
  CHECK(d.directory.klass("R&D").known.id == research);
  CHECK(d.directory.klass("departments:r&d").known.id == research);
  CHECK(d.directory.klass("Marketing").result == Result::missing);
  d.klass("Old (deleted)", false);
  CHECK(d.directory.klass("Old").result == Result::inactive);
}

TEST_CASE("a vendor is found by its exact name, then as people read it") {
  FilledDirectory d;
  const auto hicks = d.vendor("Hicks Hardware");
  const auto brien = d.vendor("O\xE2\x80\x99"
                              "Brien Steel");
  CHECK(d.directory.vendor_named("Hicks Hardware").known.id == hicks);
  CHECK(d.directory.vendor_named(" hicks  hardware ").known.id == hicks);
  CHECK(d.directory.vendor_named("O'Brien Steel").known.id == brien);
  CHECK(d.directory.vendor_named("Hicks").result == Result::missing);
  CHECK(d.directory.vendor_named("Hicks Hardwaer").candidates == Names{"Hicks Hardware"});
  const auto loud = d.vendor("HICKS HARDWARE");
  CHECK(d.directory.vendor_named("HICKS HARDWARE").known.id == loud);
  CHECK(d.directory.vendor_named("Hicks hardware").result == Result::ambiguous);
  d.vendor("Gone Inc (deleted)", false);
  CHECK(d.directory.vendor_named("Gone Inc").result == Result::inactive);
}

TEST_CASE("an item is the part's only in its revision") {
  FilledDirectory d;
  const auto b = d.item("820412-001 Rev B");
  const auto ba = d.item("820412-001 Rev BA");
  CHECK(d.directory.item_for(part("820412-001", "B")).known.id == b);
  CHECK(d.directory.item_for(part("820412-001", "BA")).known.id == ba);
  CHECK(d.directory.item_for(part("820412-001", "C")).result == Result::missing);
  CHECK(d.directory.item_for(part("820412-001")).result == Result::missing);
  CHECK(d.directory.item_for(part("820412-001", "b")).known.id == b);
}

TEST_CASE("an item whose name says more than the part is taken if it is the only one") {
  FilledDirectory d;
  const auto described = d.item("820412-001 Rev B - bracket, left");
  CHECK(d.directory.item_for(part("820412-001", "B")).known.id == described);
  CHECK(d.directory.item_for(part("20412-001", "B")).result == Result::missing);
  const auto other = d.item("Old 820412-001 Rev B");
  const auto match = d.directory.item_for(part("820412-001", "B"));
  CHECK(match.result == Result::ambiguous);
  CHECK(match.candidates.size() == 2);
  const auto exact = d.item("820412-001 REV B");
  CHECK(d.directory.item_for(part("820412-001", "B")).known.id == exact);
  CHECK(other != exact);
}

TEST_CASE("inactive items and categories are not taken for the part") {
  FilledDirectory d;
  d.item("77 (deleted)", false);
  CHECK(d.directory.item_for(part("77")).result == Result::inactive);
  d.item("77", true, "Category");
  CHECK(d.directory.item_for(part("77")).result == Result::inactive);
  const auto active = d.item("77 bracket");
  CHECK(d.directory.item_for(part("77")).known.id == active);
}

TEST_CASE("no character of a part number has a meaning of its own") {
  FilledDirectory d;
  d.item("ABXC");
  d.item("A quote");
  for (const char* number : {"A%C", "AB_C", "A*", "A'", "%", "_", "A\" OR 1=1 --"}) {
    CAPTURE(number);
    CHECK(d.directory.item_for(part(number)).result == Result::missing);
    const auto own = d.item(number);
    CHECK(d.directory.item_for(part(number)).known.id == own);
  }
}

TEST_CASE("among ten thousand items a part is found quickly") {
  FilledDirectory d;
  d.write([](auto& c) {
    for (int i = 0; i < 10'000; ++i) {
      qb::qbo::Known item;
      item.entity = qb::qbo::Entity::item;
      item.id = std::to_string(i);
      item.name = "PN-" + std::to_string(100'000 + i) + " Rev A - a longer description of it";
      qb::directory::Directory::put(c, item);
    }
  });
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    const std::string number = "PN-" + std::to_string(100'000 + i * 499);
    CHECK(d.directory.item_for(part(number, "A")).known.id == std::to_string(i * 499));
    CHECK(d.directory.item_for(part(number, "B")).result == Result::missing);
  }
  const auto each = (std::chrono::steady_clock::now() - before) / 40;
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(each).count();
  MESSAGE("one look among 10,000 items: ", us, " us");
  CHECK(us < 100'000); // far above what it takes, below what a scan of all rows would
}
