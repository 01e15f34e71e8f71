#include "http/url.hpp"

#include <doctest/doctest.h>

using qb::http::Fields;
using qb::http::refusal_of;
using qb::http::Trust;

TEST_CASE("only https addresses of intuit.com are trusted") {
  const Trust intuit;
  for (const char* good :
       {"https://intuit.com/", "https://quickbooks.api.intuit.com/v3/company/1/query",
        "https://OAuth.Platform.Intuit.com/oauth2/v1/tokens/bearer",
        "https://developer.intuit.com:443/.well-known/openid_configuration"}) {
    CAPTURE(good);
    CHECK_FALSE(refusal_of(good, intuit));
  }
  for (const char* bad : {"http://quickbooks.api.intuit.com/",
                          "https://evilintuit.com/",
                          "https://intuit.com.example.com/",
                          "https://quickbooks.api.intuit.com.example.com/",
                          "https://intuit.com@example.com/",
                          "https://user:word@quickbooks.api.intuit.com/",
                          "https://example.com/?intuit.com",
                          "https://example.com/.intuit.com",
                          "https://example.com#.intuit.com",
                          "https://169.254.169.254/latest/meta-data",
                          "https://127.0.0.1/",
                          "https://localhost/",
                          "https://[::1]/",
                          "file:///etc/passwd",
                          "gopher://intuit.com/",
                          "ftp://intuit.com/",
                          "https://quickbooks.api.intuit.com:8443/",
                          "https://intuit.com./",
                          "https://.intuit.com/x y",
                          "https://",
                          "",
                          "intuit.com",
                          "//intuit.com/",
                          "https://intuit.com\\@example.com/",
                          "https://example.com%2f.intuit.com/",
                          "https://2130706433/"}) {
    CAPTURE(bad);
    CHECK(refusal_of(bad, intuit));
  }
  CHECK(refusal_of(std::string("https://example.com\0.intuit.com/", 32), intuit));
}

TEST_CASE("with the emulator only this computer is trusted, and only over https") {
  const Trust emulator{true, ""};
  for (const char* good : {"https://localhost:8443/", "https://127.0.0.1:1/x",
                           "https://[::1]:8443/", "https://127.9.9.9/", "https://LOCALHOST/"}) {
    CAPTURE(good);
    CHECK_FALSE(refusal_of(good, emulator));
  }
  for (const char* bad :
       {"http://localhost:8443/", "https://quickbooks.api.intuit.com/", "https://10.0.0.1/",
        "https://0.0.0.0/", "https://[::]/", "https://localhost.example.com/",
        "https://127.0.0.1.example.com/", "https://[fe80::1]/", "https://localhost@example.com/"}) {
    CAPTURE(bad);
    CHECK(refusal_of(bad, emulator));
  }
}

TEST_CASE("an address that others might read as another host is not trusted") {
  for (const char* bad :
       {"https:///intuit.com/", "https:/intuit.com/", "https:intuit.com", "https:////intuit.com/",
        "https://%69ntuit.com/", "https:\\\\intuit.com/", " https://intuit.com/", "intuit.com"}) {
    CAPTURE(bad);
    CHECK(refusal_of(bad, {}));
  }
  for (const char* good : {"https://intuit.com", "https://intuit.com/a", "https://intuit.com?a=b",
                           "https://intuit.com:443/", "HTTPS://OAuth.Intuit.com/x"}) {
    CAPTURE(good);
    CHECK_FALSE(refusal_of(good, {}));
  }
}

TEST_CASE("a query is encoded so that every value comes back as it was") {
  const Fields fields{{"query", "select * from Vendor where DisplayName = 'O\\'Hara & Söhne +50%'"},
                      {"minorversion", "75"},
                      {"empty", ""}};
  const std::string url = qb::http::with_query("https://localhost:1/v3/company/9/query", fields);
  const std::string start = "https://localhost:1/v3/company/9/query?";
  REQUIRE(url.substr(0, start.size()) == start);
  CHECK(url.find(' ') == std::string::npos);
  CHECK(url.find('+') == std::string::npos);
  CHECK(qb::http::parse_query(url.substr(start.size())) == fields);
}

TEST_CASE("a query is added to one that is there") {
  CHECK(qb::http::with_query("https://localhost/p?operation=delete", {{"requestid", "a-1"}}) ==
        "https://localhost/p?operation=delete&requestid=a-1");
}

TEST_CASE("a hostile query string loses nothing and breaks nothing") {
  CHECK(qb::http::parse_query("code=a%2Fb&state=x+y&realmId=123") ==
        Fields{{"code", "a/b"}, {"state", "x y"}, {"realmId", "123"}});
  CHECK(qb::http::parse_query("a=%&b=%4&c=%zz&d=100%") ==
        Fields{{"a", "%"}, {"b", "%4"}, {"c", "%zz"}, {"d", "100%"}});
  CHECK(qb::http::parse_query("&&=&a&b=c=d") == Fields{{"", ""}, {"a", ""}, {"b", "c=d"}});
  CHECK(qb::http::parse_query("a=%00b") == Fields{{"a", std::string("\0b", 2)}});
}

TEST_CASE("a form carries every byte") {
  std::string every;
  for (int byte = 1; byte < 256; ++byte)
    every += static_cast<char>(byte);
  const Fields fields{{"grant_type", "refresh_token"}, {"refresh_token", every}};
  CHECK(qb::http::parse_query(qb::http::form_encoded(fields)) == fields);
}

TEST_CASE("the origin of an address is its scheme, host and port") {
  CHECK(qb::http::origin_of("https://localhost:8443/a/b?c=d") == "https://localhost:8443");
  CHECK(qb::http::origin_of("https://[::1]:9/x") == "https://[::1]:9");
  CHECK(qb::http::origin_of("https://intuit.com") == "https://intuit.com");
  CHECK(qb::http::origin_of("nonsense") == "");
}
