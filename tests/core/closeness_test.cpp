#include "core/closeness/closeness.hpp"

#include <doctest/doctest.h>

using qb::closeness::edit_distance;
using qb::closeness::NearMisses;

TEST_CASE("the distance of two names is the number of slips between them") {
  CHECK(edit_distance("shop supplies", "shop supplies", 3) == 0);
  CHECK(edit_distance("shop suplies", "shop supplies", 3) == 1);
  CHECK(edit_distance("freight", "frieght", 3) == 2);
  CHECK(edit_distance("", "abc", 3) == 3);
  CHECK(edit_distance("kitten", "sitting", 3) == 3);
  CHECK(edit_distance("kitten", "sitting", 2) == 3); // more than the limit
  CHECK(edit_distance("travel", "utilities", 3) == 4);
}

TEST_CASE("near misses are few, and the nearest comes first") {
  NearMisses misses("shop suplies");
  misses.consider("shop suppliess", "two");
  misses.consider("rent", "far");
  misses.consider("shop supplies", "one");
  misses.consider("shop splies", "also one");
  misses.consider("shop supplie", "two again");
  CHECK(misses.best() == std::vector<std::string>{"one", "also one", "two"});
}

TEST_CASE("short names are near only if almost the same") {
  NearMisses misses("rent");
  misses.consider("dent", "one");
  misses.consider("bend", "two");
  CHECK(misses.best() == std::vector<std::string>{"one"});
}
