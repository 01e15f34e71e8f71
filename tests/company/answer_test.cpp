#include "company/wire.hpp"

#include <doctest/doctest.h>

using namespace qb::company;
using qb::http::Headers;
using qb::qbo::Entity;
using qb::qbo::Method;
using qb::qbo::Request;
using qb::verdict::OutcomeKind;

namespace {

const Request a_write = qb::qbo::create_or_update(Entity::purchase_order, "{}");
constexpr erp::Instant now = 1'800'000'000'000'000;

Reply reply_to(const Request& request, int status, const std::string& body, Headers headers = {}) {
  return read_answer(request, {status, std::move(headers), body}, now);
}
OutcomeKind kind_of(int status, const std::string& body) {
  return reply_to(a_write, status, body).outcome.kind;
}
std::string fault(const std::string& code, const std::string& type = "ValidationFault") {
  return R"({"Fault":{"Error":[{"Message":"m","Detail":"d","code":")" + code +
         R"(","element":""}],"type":")" + type + R"("},"time":"2026-08-20T06:58:50.262-07:00"})";
}
constexpr const char* order =
    R"({"PurchaseOrder":{"Id":"125","SyncToken":"0"},"time":"2026-08-20"})";

} // namespace

TEST_CASE("only a whole object of the kind asked for is accepted") {
  const Reply good = reply_to(a_write, 200, order, {{"intuit_tid", "1-a"}});
  CHECK(good.outcome.kind == OutcomeKind::accepted);
  CHECK(good.outcome.intuit_tid == "1-a");
  CHECK(good.answer.find("PurchaseOrder")->text_of("Id") == "125");
  for (const char* bad :
       {"", "{}", "[]", "null", R"({"PurchaseOrder":{"Id":"125")", R"({"PurchaseOrder":{}})",
        R"({"PurchaseOrder":null})", R"({"PurchaseOrder":"125"})", R"({"Bill":{"Id":"125"}})",
        "<html><body>Welcome to the hotel</body></html>"}) {
    CAPTURE(bad);
    const Reply reply = reply_to(a_write, 200, bad);
    CHECK(reply.outcome.kind == OutcomeKind::unreadable);
    CHECK(reply.answer.is_null());
  }
}

TEST_CASE("an object that was not asked for is not taken for the one that was") {
  CHECK(reply_to(qb::qbo::read(Entity::purchase_order, "125"), 200, order).outcome.kind ==
        OutcomeKind::accepted);
  CHECK(reply_to(qb::qbo::read(Entity::purchase_order, "126"), 200, order).outcome.kind ==
        OutcomeKind::unreadable);
  CHECK(reply_to(qb::qbo::read(Entity::company_info, "9341453000000001"), 200,
                 R"({"CompanyInfo":{"Id":"1","CompanyName":"Larkfield"
}
})")
            .outcome.kind == OutcomeKind::accepted);
}

TEST_CASE("queries, changes and batches are known by their own wrappers") {
  const Request query = qb::qbo::page(Entity::vendor, 1, true);
  CHECK(reply_to(query, 200, R"({"QueryResponse":{},"time":"x"})").outcome.kind ==
        OutcomeKind::accepted);
  CHECK(reply_to(query, 200, order).outcome.kind == OutcomeKind::unreadable);
  const Request cdc = qb::qbo::changes_since({Entity::vendor}, "2026-08-20T00:00:00Z");
  CHECK(reply_to(cdc, 200, R"({"CDCResponse":[{"QueryResponse":[{}]}]})").outcome.kind ==
        OutcomeKind::accepted);
  CHECK(reply_to(cdc, 200, "{}").outcome.kind == OutcomeKind::unreadable);
  const Request batch{Method::post, "batch", {}, "{}"};
  const Reply mixed = reply_to(batch, 200,
                               R"({"BatchItemResponse":[{"bId":"1","PurchaseOrder":{"Id":"1"}},)"
                               R"({"bId":"2","Fault":{"Error":[{"code":"6240"}]}}]})");
  CHECK(mixed.outcome.kind == OutcomeKind::accepted); // its items are judged one by one
  CHECK(reply_to(batch, 200, fault("1040")).outcome.kind == OutcomeKind::rejected);
}

TEST_CASE("a fault is a fault whatever the status") {
  CHECK(kind_of(400, fault("6240")) == OutcomeKind::rejected);
  CHECK(kind_of(200, fault("6240")) == OutcomeKind::rejected);
  CHECK(kind_of(403, fault("3100", "AuthorizationFault")) == OutcomeKind::rejected);
  CHECK(kind_of(400, fault("5010")) == OutcomeKind::stale);
  CHECK(kind_of(200, fault("5010")) == OutcomeKind::stale);
  CHECK(reply_to(a_write, 400, fault("6240")).outcome.fault->first()->code == "6240");
}

TEST_CASE("throttling is known by status and by code") {
  CHECK(kind_of(429, "") == OutcomeKind::throttled);
  CHECK(kind_of(429, "<html>slow down</html>") == OutcomeKind::throttled);
  CHECK(kind_of(403, fault("3001", "SERVICE")) == OutcomeKind::throttled);
  CHECK(kind_of(400, R"({"fault":{"error":[{"message":"message=ThrottleExceeded; )"
                     R"(errorCode=003001; statusCode=429","detail":"","code":"3001"}],)"
                     R"("type":"SERVICE"}})") == OutcomeKind::throttled);
  CHECK(kind_of(429, R"(<?xml version="1.0"?><IntuitResponse><Fault type="SERVICE"><Error )"
                     R"(code="3001"><Message>ThrottleExceeded</Message></Error></Fault>)"
                     R"(</IntuitResponse>)") == OutcomeKind::throttled);
}

TEST_CASE("how long to wait is read from the header, by the server's own clock") {
  CHECK(reply_to(a_write, 429, "", {{"Retry-After", "90"}}).outcome.retry_after_s == 90);
  CHECK(reply_to(a_write, 429, "",
                 {{"retry-after", "Sun, 06 Nov 1994 08:50:37 GMT"},
                  {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}})
            .outcome.retry_after_s == 60);
  CHECK_FALSE(reply_to(a_write, 429, "").outcome.retry_after_s);
  CHECK_FALSE(reply_to(a_write, 429, "", {{"Retry-After", "soon"}}).outcome.retry_after_s);
}

TEST_CASE("a token that is refused is no fault of the document") {
  CHECK(kind_of(401, "") == OutcomeKind::unauthorised);
  CHECK(kind_of(401, fault("3200", "AUTHENTICATION")) == OutcomeKind::unauthorised);
  CHECK(kind_of(400, fault("003200", "AUTHENTICATION")) == OutcomeKind::unauthorised);
}

TEST_CASE("trouble of the server leaves open what was done") {
  for (const int status : {500, 502, 503, 504, 599}) {
    CHECK(kind_of(status, "") == OutcomeKind::server_trouble);
    CHECK(kind_of(status, fault("10000", "SystemFault")) == OutcomeKind::server_trouble);
    CHECK(kind_of(status, order) == OutcomeKind::server_trouble);
  }
}

TEST_CASE("refusals without a reason, redirects and pages are no answers") {
  for (const int status : {302, 307, 400, 403, 404, 413}) {
    CHECK(kind_of(status, "") == OutcomeKind::unreadable);
    CHECK(kind_of(status, "<html>no</html>") == OutcomeKind::unreadable);
  }
}

TEST_CASE("the words for the history carry no token") {
  const std::string body =
      R"({"fault":{"error":[{"message":"message=AuthenticationFailed; errorCode=003200; )"
      R"(statusCode=401","detail":"Token expired: eyJcanaryeyJcanaryeyJcanary","code":"3200"}],)"
      R"("type":"AUTHENTICATION"}})";
  const Reply reply = reply_to(a_write, 401, body);
  CHECK(reply.outcome.words.find("canary") == std::string::npos);
  CHECK(reply.outcome.words.find("3200") != std::string::npos);
}

TEST_CASE("whether a byte left decides between nothing happened and nobody knows") {
  using qb::http::Failure;
  CHECK(read_failure({Failure::Kind::cut, true, "reset"}).outcome.kind == OutcomeKind::lost);
  CHECK(read_failure({Failure::Kind::timeout, true, ""}).outcome.kind == OutcomeKind::lost);
  CHECK(read_failure({Failure::Kind::too_large, true, ""}).outcome.kind == OutcomeKind::lost);
  CHECK(read_failure({Failure::Kind::cancelled, true, ""}).outcome.kind == OutcomeKind::lost);
  CHECK(read_failure({Failure::Kind::cancelled, false, ""}).outcome.kind ==
        OutcomeKind::unreachable);
  CHECK(read_failure({Failure::Kind::tls, false, ""}).outcome.kind == OutcomeKind::unreachable);
  CHECK(read_failure({Failure::Kind::name_not_resolved, false, ""}).outcome.kind ==
        OutcomeKind::unreachable);
}
