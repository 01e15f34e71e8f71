#include "http/redact.hpp"

#include <doctest/doctest.h>

using qb::http::redacted;

TEST_CASE("no credential survives in a log line") {
  CHECK(redacted("Authorization: Bearer eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.abc-_~+/=") ==
        "Authorization: Bearer ***");
  CHECK(redacted("authorization: basic QUJDREVGR0g6c2VjcmV0") == "authorization: basic ***");
  CHECK(redacted("sent Bearer abcdefgh1jklmnop, then went away") ==
        "sent Bearer ***, then went away");
  CHECK(redacted("grant_type=refresh_token&refresh_token=AB11700000000x&x=1") ==
        "grant_type=refresh_token&refresh_token=***&x=1");
  CHECK(redacted("GET /callback?code=AB1xyz&state=7f3c91&realmId=4620816365") ==
        "GET /callback?code=***&state=***&realmId=***");
  CHECK(redacted(R"({"access_token" : "eyJ\"x", "expires_in":3600,"refresh_token":"AB1"})") ==
        R"({"access_token" : "***", "expires_in":3600,"refresh_token":"***"})");
  CHECK(redacted("client_secret=s3cr3t") == "client_secret=***");
  CHECK(redacted("Token expired: AB01234567890123456789012") ==
        "Token expired: AB01234567890123456789012");
  CHECK(redacted("token: eyJhbGciOiJkaXIiLCJlbmMi") == "token: ***");
  CHECK(redacted("saw AB1173000000000000abcdefghijklm in it") == "saw *** in it");
  CHECK(redacted("POST /v3/company/9130347596842384/purchaseorder") ==
        "POST /v3/company/***/purchaseorder");
}

TEST_CASE("what a log is read for stays as it is") {
  for (const char* line :
       {R"({"Fault":{"Error":[{"Message":"Stale Object","code":"5010"}]}})",
        "POST purchaseorder 200 requestid=6f1d intuit_tid=1-5f74 120 ms", "ABC Supply, 12 tokens",
        "basic authentication is needed", "the company/ies of the owner", "errorCode=003200", ""}) {
    CAPTURE(line);
    CHECK(redacted(line) == line);
  }
}

TEST_CASE("a secret that was cut off is still masked") {
  CHECK(redacted(R"("refresh_token":"AB117)") == R"("refresh_token":"***)");
  CHECK(redacted("access_token=") == "access_token=");
  CHECK(redacted(R"("client_secret":"a\)") == R"("client_secret":"***)");
}
