#include "company/retry_after.hpp"

#include <doctest/doctest.h>

using qb::company::parse_http_date;
using qb::company::retry_after_s;

namespace {
constexpr erp::Instant second_us = 1'000'000;
} // namespace

TEST_CASE("seconds are seconds, and a day is the most") {
  CHECK(retry_after_s("0", 0) == 0);
  CHECK(retry_after_s("60", 0) == 60);
  CHECK(retry_after_s("86400", 0) == 86400);
  CHECK(retry_after_s("86401", 0) == 86400);
  CHECK(retry_after_s("99999999999999999999", 0) == 86400);
  for (const char* bad : {"", "-1", "1.5", "60s", " 60", "soon"}) {
    CAPTURE(bad);
    CHECK_FALSE(retry_after_s(bad, 0));
  }
}

TEST_CASE("a date is counted from now, rounded up, never negative") {
  const erp::Instant date = 784'111'777 * second_us; // RFC 9110's example
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == date);
  CHECK(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", date - 30 * second_us) == 30);
  CHECK(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", date - 1) == 1);
  CHECK(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", date) == 0);
  CHECK(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", date + second_us) == 0);
  CHECK(retry_after_s("Sun, 06 Nov 1994 08:49:37 GMT", 0) == 86400);
}

TEST_CASE("what is no date is none") {
  for (const char* bad : {"Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
                          "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nox 1994 08:49:37 GMT",
                          "Sun, 0x Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                          "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:3+ GMT"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_http_date(bad));
  }
}
