#include "bundle/version_order.hpp"
#include "plugins/state_versions.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace host::plugins;

TEST_CASE("versions are ordered as people mean it") {
  const std::string rising[] = {"0.9",           "1.0.0-alpha",
                                "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                "1.0.0-beta.2",  "1.0.0-beta.11",
                                "1.0.0-rc.1",    "1.0.0",
                                "1.0.1",         "1.9.0",
                                "1.10.0",        "2.0.0",
                                "10.0.0",        "99999999999999999999.0.0"};
  for (std::size_t a = 0; a < std::size(rising); ++a)
    for (std::size_t b = 0; b < std::size(rising); ++b) {
      const int order = host::bundle::compare_versions(rising[a], rising[b]);
      CHECK_MESSAGE((a < b   ? order < 0
                     : a > b ? order > 0
                             : order == 0),
                    rising[a], " and ", rising[b]);
    }
  CHECK(host::bundle::compare_versions("1.0", "1.0.0") == 0);
  CHECK(host::bundle::compare_versions("1.01", "1.1") == 0);
}

TEST_CASE("a manifest says which data a version writes and can start from") {
  const auto states = state_versions_of(R"({"state_version": 3, "reads_state": [2, 3]})");
  REQUIRE(states);
  CHECK(states->to_text() == "3:2,3");
  CHECK(StateVersions::from_text("3:2,3").to_text() == "3:2,3");
  CHECK(StateVersions::from_text("3:").to_text() == "3:");
  CHECK(StateVersions::from_text("").to_text() == "");
  CHECK(states->can_read(StateVersions::from_text("2:1,2")));
  CHECK(!states->can_read(StateVersions::from_text("1:1")));
  CHECK(states->can_read({}));
  CHECK(StateVersions().can_read(*states));
  CHECK(state_versions_of("{}")->to_text() == "");
  for (const char* const wrong :
       {R"({"reads_state": [1]})", R"({"state_version": "3"})", R"({"state_version": -1})",
        R"({"state_version": 3, "reads_state": 3})", R"({"state_version": 3, "reads_state": []})",
        R"({"state_version": 3, "reads_state": [2]})"})
    CHECK_MESSAGE(!state_versions_of(wrong), wrong);
}
