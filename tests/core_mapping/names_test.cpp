#include "core/mapping/plan.hpp"
#include "core/mapping/text_limits.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace qb::mapping;

namespace {

erp::Part part(const std::string& number, std::optional<std::string> revision) {
  erp::Part part;
  part.id = "P-1";
  part.number = number;
  part.revision = std::move(revision);
  return part;
}

} // namespace

TEST_CASE("an item is named by number and revision") {
  CHECK(item_name(part("820412-001", "B")) == "820412-001 Rev B");
  CHECK(item_name(part("820412-001", std::nullopt)) == "820412-001");
  CHECK(item_name(part("820412-001", "")) == "820412-001");
  CHECK(item_name(part(" 820412-001 ", "  ")) == "820412-001");
  CHECK(item_name(part("820412-001", " B\t")) == "820412-001 Rev B");
}

TEST_CASE(
    "an item's longer name means the part only where number and revision stand by themselves") {
  struct Row {
    std::string item;
    std::string number;
    std::string revision; // "" : none
    bool is_meant;
  };
  for (const Row& row : {
           Row{"820412-001 Rev B - bracket", "820412-001", "B", true},
           Row{"Bracket 820412-001 rev b", "820412-001", "B", true},
           Row{"(820412-001 Rev B)", "820412-001", "B", true},
           Row{"820412-001  Rev\xC2\xA0"
               "B, steel",
               "820412-001", "B", true},
           Row{"820412-001 Rev BA", "820412-001", "B", false},
           Row{"820412-001 Rev B.1", "820412-001", "B", false},
           Row{"820412-001 Rev B-2", "820412-001", "B", false},
           Row{"820412-001 Rev B\xC3\x84", "820412-001", "B", false},
           Row{"1820412-001 Rev B", "820412-001", "B", false},
           Row{"X-820412-001 Rev B", "820412-001", "B", false},
           Row{"820412-0011 Rev B", "820412-001", "B", false},
           Row{"820412-001", "820412-001", "B", false},
           Row{"820412-001 Rev BA; 820412-001 Rev B", "820412-001", "B", true},
           Row{"Bracket 820412-001", "820412-001", "", true},
           Row{"820412-001 Rev B", "820412-001", "", false},
           Row{"820412-001 (Rev. B)", "820412-001", "", false},
           Row{"820412-001, revision B", "820412-001", "", false},
           Row{"820412-001 bracket rev-B", "820412-001", "", false},
           Row{"820412-001 reversible", "820412-001", "", true},
           Row{"820412-001 prev. type", "820412-001", "", true},
           Row{"anything", "", "", false},
       }) {
    CAPTURE(row.item);
    CAPTURE(row.revision);

    const auto meant =
        part(row.number, row.revision.empty() ? std::nullopt : std::optional(row.revision));
    CHECK(name_contains_part(row.item, meant) == row.is_meant);
  }
}

TEST_CASE("names that a person would call the same are the same") {
  CHECK(normalised("  Hicks\tHardware ") == "hicks hardware");
  CHECK(normalised("O\u2019Brien\u00a0Tools \u2013 East") == normalised("o'brien tools - EAST"));
  CHECK(normalised("\u00c4PFEL \u0141\u00d3D\u0179 \u039b\u0391 \u041c\u0418\u0420") ==
        normalised("\u00e4pfel \u0142\u00f3d\u017a \u03bb\u03b1 \u043c\u0438\u0440"));
  CHECK(normalised("\"4\u2033\"") == "\"4\"\"");
  CHECK(normalised("") == "");
  CHECK(normalised(" \u200b ") == "");
  CHECK(normalised("Stra\u00dfe") != normalised("Strasse"));
  CHECK_NOTHROW(normalised("\xff\xc3")); // bytes that are no UTF-8 do no harm
}

TEST_CASE("a supplier's blanks do not make another vendor") {
  erp::Supplier supplier;
  supplier.name = "\t Hicks Hardware \n";
  CHECK(vendor_name(supplier) == "Hicks Hardware");
}

TEST_CASE("a name that QuickBooks refuses is shown as one that no other part's name is taken for") {
  CHECK(quickbooks_item_name(part("820412-001", "B")) == "820412-001 Rev B");
  CHECK(quickbooks_item_name(part(std::string(94, 'x'), "B")) == std::string(94, 'x') + " Rev B");
  std::set<std::string> names;
  for (const char* number : {"A-77", "A:77", "A\"77", "A''77", "A\t77", "A 77", "A\n77"}) {
    const std::string name = quickbooks_item_name(part(number, "B"));
    CAPTURE(name);
    CHECK(name.find_first_of(":\"\t\n") == std::string::npos);
    CHECK(names.insert(name).second);
    // Found again by its own name only, not by a name within it.
    CHECK((name == item_name(part(number, "B")) || !name_contains_part(name, part("A-77", "B"))));
  }
  // Long ones differ in what was cut off, too; never half a character.
  std::string umlauts;
  for (int i = 0; i < 120; ++i)
    umlauts += "\u00e4";
  const std::string long_1 = quickbooks_item_name(part(umlauts + "1", ""));
  const std::string long_2 = quickbooks_item_name(part(umlauts + "2", ""));
  CHECK(long_1 != long_2);
  CHECK(limits::length_of(long_1) == 100);
  CHECK(long_1.substr(0, 182) == umlauts.substr(0, 182));
}
