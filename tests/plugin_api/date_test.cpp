#include "erp/sdk/document.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <stdexcept>

using erp::Date;
using erp::parse_date;
using erp::parse_instant;
using erp::to_rfc3339;

TEST_CASE("a date is a day of the calendar") {
  CHECK(*parse_date("2026-11-20") == Date{2026, 11, 20});
  CHECK(erp::to_string(Date{987, 1, 2}) == "0987-01-02");
  CHECK(parse_date("2024-02-29").has_value());
  CHECK(parse_date("2000-02-29").has_value());
  for (const char* bad : {"", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
                          "2026-04-31", "0000-01-01", "2026-1-1", "26-01-01", "2026/01/01",
                          "2026-01-01T", " 2026-01-01", "2026-01-01 ", "-026-01-01", "12026-01-01"})
    CHECK_FALSE_MESSAGE(parse_date(bad).has_value(), bad);
}

TEST_CASE("an instant prints in UTC, with a fraction only where there is one") {
  CHECK(to_rfc3339(0) == "1970-01-01T00:00:00Z");
  CHECK(to_rfc3339(1'500'000) == "1970-01-01T00:00:01.5Z");
  CHECK(to_rfc3339(-1) == "1969-12-31T23:59:59.999999Z");
  CHECK(to_rfc3339(1'795'168'800'000'000) == "2026-11-20T10:00:00Z");
  CHECK(to_rfc3339(*parse_instant("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z");
  CHECK(to_rfc3339(*parse_instant("9999-12-31T23:59:59.999999Z")) == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("any offset of RFC 3339 is read") {
  const auto expected = parse_instant("2026-11-20T10:00:00Z");
  REQUIRE(expected.has_value());
  for (const char* same :
       {"2026-11-20t10:00:00z", "2026-11-20T12:00:00+02:00", "2026-11-20T04:30:00-05:30",
        "2026-11-20T10:00:00.000+00:00", "2026-11-20T10:00:00-00:00",
        "2026-11-20T10:00:00.0000009Z", "2026-11-20T09:59:60Z"})
    CHECK_MESSAGE(parse_instant(same) == expected, same);
}

TEST_CASE("what is no instant is refused") {
  for (const char* bad :
       {"", "2026-11-20", "2026-11-20T10:00:00", "2026-11-20 10:00:00Z", "2026-11-20T10:00Z",
        "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z", "2026-11-20T10:00:61Z",
        "2026-11-20T10:00:00.Z", "2026-11-20T10:00:00+2:00", "2026-11-20T10:00:00+0200",
        "2026-11-20T10:00:00+24:00", "2026-11-20T10:00:00ZZ", "2026-02-30T10:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:60Z"})
    CHECK_FALSE_MESSAGE(parse_instant(bad).has_value(), bad);
}

TEST_CASE("an instant RFC 3339 has no form for is not written") {
  CHECK_FALSE(erp::is_representable(std::numeric_limits<erp::Instant>::min()));
  CHECK_THROWS_AS(to_rfc3339(std::numeric_limits<erp::Instant>::min()), std::out_of_range);
  CHECK_THROWS_AS(to_rfc3339(*parse_instant("9999-12-31T23:59:59.999999Z") + 1), std::out_of_range);
}

TEST_CASE("every instant reads back as it was printed") {
  std::mt19937_64 random(printed_seed());
  const erp::Instant first = *parse_instant("0001-01-01T00:00:00Z");
  const erp::Instant last = *parse_instant("9999-12-31T23:59:59.999999Z");
  std::uniform_int_distribution<erp::Instant> any(first, last);
  for (int i = 0; i < 20'000; ++i) {
    const erp::Instant instant = any(random);
    INFO(instant);
    REQUIRE(parse_instant(to_rfc3339(instant)) == instant);
  }
}

TEST_CASE("the days of four centuries follow each other") {
  erp::Instant instant = *parse_instant("1799-12-31T12:00:00Z");
  std::string previous;
  for (int day = 0; day < 146'097; ++day, instant += 86'400'000'000) {
    const std::string today = to_rfc3339(instant).substr(0, 10);
    REQUIRE(parse_date(today).has_value());
    REQUIRE(today > previous);
    previous = today;
  }
  CHECK(previous == "2199-12-30");
}
