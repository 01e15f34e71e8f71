#include "core/qbo/fault.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace qb::qbo;

namespace {
std::optional<Fault> fault(const std::string& text) {
  const auto value = read(text);
  REQUIRE_MESSAGE(value, text);
  return fault_in(*value);
}
std::string one(const std::string& error) {
  return R"({"Fault":{"Error":[)" + error + R"(],"type":"ValidationFault"}})";
}
} // namespace

TEST_CASE("a service's fault is read") {
  const auto found = fault(one(R"({"Message":"Duplicate Name Exists Error",
    "Detail":"The name supplied already exists. : null","code":"6240","element":"DisplayName"})"));
  REQUIRE(found);
  CHECK(found->type == "ValidationFault");
  REQUIRE(found->first());
  CHECK(found->first()->code == "6240");
  CHECK(found->first()->message == "Duplicate Name Exists Error");
  CHECK(found->first()->element == "DisplayName");
}

TEST_CASE("a gateway's fault in small letters is read, and its token is not kept") {
  const auto found = fault(R"({"warnings":null,"fault":{"error":[{
    "message":"message=AuthenticationFailed; errorCode=003200; statusCode=401",
    "detail":"Token expired: abc.def","code":"3200","element":null}],"type":"AUTHENTICATION"},
    "queryResponse":null,"batchItemResponse":[],"time":1601391072830})");
  REQUIRE(found);
  CHECK(found->type == "AUTHENTICATION");
  CHECK(found->first()->code == "3200");
  CHECK(found->first()->detail == "Token expired: ***");
}

TEST_CASE("the code is found in every place it was seen in") {
  CHECK(fault(one(R"({"code":"003001"})"))->first()->code == "3001");
  CHECK(fault(one(R"({"code":610})"))->first()->code == "610");
  CHECK(fault(one(R"({"Message":"message=ThrottleExceeded; errorCode=003001; statusCode=429"})"))
            ->first()
            ->code == "3001");
  CHECK(fault(one(R"({"Detail":"errorCode=000120; statusCode=500","code":null})"))->first()->code ==
        "120");
  CHECK(fault(one(R"({"code":"SystemFault","Message":"no number"})"))->first()->code == "");
  CHECK(fault(one(R"({"code":"123456789012345678901234567890"})"))->first()->code == "");
}

TEST_CASE("odd shapes are faults too, and no fault is none") {
  CHECK(fault(R"({"Fault":{"Error":{"code":"500"}}})")->first()->code == "500");
  CHECK(fault(R"({"Fault":{"type":"SystemFault"}})")->first() == nullptr);
  CHECK(fault(R"({"Fault":null,"fault":{"error":[{"code":"1"}]}})")->first()->code == "1");
  CHECK(fault(R"({"AttachableResponse":[{"Attachable":{}},{"Fault":{"Error":[{"code":"6190"}]}}]})")
            ->first()
            ->code == "6190");
  CHECK(fault(R"({"CDCResponse":[{"Fault":{"Error":[{"code":"2"}]}}]})")->first()->code == "2");
  CHECK(fault(R"({"CDCResponse":[{"QueryResponse":[{"Fault":{"Error":[{"code":"3"}]}}]}]})")
            ->first()
            ->code == "3");
  CHECK_FALSE(fault(R"({"fault":null,"PurchaseOrder":{"Id":"1"}})"));
  CHECK_FALSE(fault(R"({"Fault":"text"})"));
  CHECK_FALSE(fault(R"(["Fault"])"));
}

TEST_CASE("one refused part does not make a whole batch a refusal") {
  const std::string item = R"({"bId":"2","Fault":{"Error":[{"code":"5010"}]}})";
  CHECK_FALSE(fault(R"({"BatchItemResponse":[{"bId":"1","Bill":{"Id":"1"}},)" + item + "]}"));
  CHECK(fault(item)->first()->code == "5010");
}

TEST_CASE("of several errors the most restrictive decides") {
  const auto first = [](const char* a, const char* b) {
    return fault(R"({"Fault":{"Error":[{"code":")" + std::string(a) + R"("},{"code":")" + b +
                 R"("}]}})")
        ->first()
        ->code;
  };
  CHECK(first("5010", "2500") == "2500");
  CHECK(first("2500", "6190") == "6190");
  CHECK(first("6140", "5010") == "5010");
  CHECK(first("10000", "6240") == "6240");
  CHECK(first("2010", "2020") == "2010");
}

TEST_CASE("names of users and tokens do not stay in a fault") {
  const auto stale = fault(one(R"({"Message":"Stale Object Error","code":"5010",
    "Detail":"Stale Object Error : You and Ann Example (ann@example.com) were working on this at the same time. Ann Example (ann@example.com) finished before you did, so your work was not saved."})"));
  CHECK(stale->first()->detail ==
        "Stale Object Error : You and another user were working on this at the same time. another "
        "user finished before you did, so your work was not saved.");
  const std::string token = "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..AbC0-xyz";
  const auto detail =
      fault(one(R"({"Detail":"Token expired: )" + token + R"( at gateway"})"))->first()->detail;
  CHECK(detail == "Token expired: *** at gateway");
  const auto elsewhere =
      fault(one(R"({"Detail":"bad value Xy12345678901234567890123456789012345678 given"})"))
          ->first()
          ->detail;
  CHECK(elsewhere == "bad value *** given");
}

TEST_CASE("long texts are cut between characters") {
  std::string text;
  while (text.size() <= fault_text_max_bytes)
    text += "ü€ ";
  const auto found = fault(one(R"({"Detail":")" + text + R"("})"));
  const std::string& kept = found->first()->detail;
  CHECK(kept.size() <= fault_text_max_bytes);
  CHECK(kept.size() > fault_text_max_bytes - 4);
  CHECK_NOTHROW(write(Value(kept)));
}

TEST_CASE("an XML answer of a gateway is read") {
  const auto found = fault_in_xml(
      R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse time="2016-09-01T07:12:24.000-07:00" xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE"><Error code="3001" element="a&amp;b"><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message><Detail>You have reached the limit &lt;500&gt; &#233;&#x20AC;</Detail></Error><Error code="2"/></Fault></IntuitResponse>)");
  REQUIRE(found);
  CHECK(found->type == "SERVICE");
  REQUIRE(found->errors.size() == 2);
  CHECK(found->errors[1].code == "3001");
  CHECK(found->errors[1].element == "a&b");
  CHECK(found->errors[1].detail == "You have reached the limit <500> é€");
  CHECK(found->errors[0].code == "2");

  const auto prefixed = fault_in_xml(
      "<q:IntuitResponse><q:Fault type='AUTHENTICATION'><q:Error><q:Message>errorCode=003200</"
      "q:Message></q:Error></q:Fault></q:IntuitResponse>");
  REQUIRE(prefixed);
  CHECK(prefixed->type == "AUTHENTICATION");
  CHECK(prefixed->first()->code == "3200");
}

TEST_CASE("a page of a proxy is no fault") {
  for (const char* body :
       {"", "<html><body><h1>503 Service Unavailable</h1></body></html>", "<Fault", "<Fault>",
        "<Faulty></Faulty>", "Fault", "<<<>>>", "{}", "<a:Fault></b:Fault>"}) {
    CAPTURE(body);
    CHECK_FALSE(fault_in_xml(body));
  }
}
