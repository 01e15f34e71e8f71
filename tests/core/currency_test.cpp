#include "core/money/currency.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

using qb::money::minor_unit_places;

TEST_CASE("a currency's smallest unit is ISO's, not what shops use") {
  CHECK(minor_unit_places("USD") == 2);
  CHECK(minor_unit_places("EUR") == 2);
  CHECK(minor_unit_places("JPY") == 0);
  CHECK(minor_unit_places("KWD") == 3);
  CHECK(minor_unit_places("CLF") == 4);
  CHECK(minor_unit_places("IQD") == 3);
  CHECK(minor_unit_places("RSD") == 2);
}

TEST_CASE("what is no currency of documents has no smallest unit") {
  for (const char* code : {"", "usd", "US", "USDX", "AAA", "ZZZ", "XAU", "XXX", "XTS"}) {
    CAPTURE(code);
    CHECK_FALSE(minor_unit_places(code));
  }
}

TEST_CASE("the table knows the currencies that Debian's iso-codes knows") {
  std::ifstream file("/usr/share/iso-codes/json/iso_4217.json");
  if (!file) {
    MESSAGE("skipped: the package iso-codes is not installed");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // Metals, funds' units and test codes have no smallest unit; the others were withdrawn, which one
  // list shows sooner than the other.
  const std::set<std::string> without = {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR",
                                         "XPD", "XPT", "XSU", "XTS", "XUA", "XXX", "BGN",
                                         "HRK", "SLL", "ZWL", "ANG", "CUC"};
  const std::string mark = "\"alpha_3\": \"";
  int count = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::string found = text.substr(at, 3);
    CAPTURE(found);
    if (!without.contains(found)) CHECK(minor_unit_places(found));
    ++count;
  }
  CHECK(count > 150);
}
