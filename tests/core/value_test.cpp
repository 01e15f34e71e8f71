#include "core/qbo/value.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using qb::qbo::read;
using qb::qbo::Value;
using qb::qbo::write;

TEST_CASE("numbers come back digit by digit") {
  const char* json =
      R"({"a":12.50,"b":613.15231,"c":57.7213794,"d":5000000000000142240,"e":-0.05,)"
      R"("f":18446744073709551615,"g":123456789012345678901234567890,"h":1.0E3,"i":[1,1.0]})";
  const auto value = read(json);
  REQUIRE(value);
  CHECK(write(*value) == json);
}

TEST_CASE("members keep their order, and setting one keeps its place") {
  Value body = *read(R"({"Id":"1","SyncToken":"0","sparse":false})");
  body.set("SyncToken", "4").set("Active", true).set("LineNum", 3);
  CHECK(write(body) == R"({"Id":"1","SyncToken":"4","sparse":false,"Active":true,"LineNum":3})");
  body.erase("sparse");
  body.erase("nothing");
  CHECK(write(body) == R"({"Id":"1","SyncToken":"4","Active":true,"LineNum":3})");
}

TEST_CASE("a body is built from nothing") {
  Value order;
  order.set("VendorRef", Value::object().set("value", "41"));
  Value lines;
  lines.push(Value::object().set("Amount", erp::Decimal(4250, 2)).set("Linked", Value()));
  order.set("Line", lines);
  CHECK(write(order) == R"({"VendorRef":{"value":"41"},"Line":[{"Amount":42.50,"Linked":null}]})");
  CHECK(order.text_of("VendorRef", "value") == "41");
  CHECK(order.find("VendorRef", "name") == nullptr);
  CHECK(order.text_of("Line") == "");
  CHECK_THROWS_AS(Value("text").set("a", "b"), std::logic_error);
  CHECK_THROWS_AS(Value::object().push("b"), std::logic_error);
}

TEST_CASE("text goes out as UTF-8, with control characters escaped") {
  CHECK(write(Value("Größe \"3\" \\ 日本")) == "\"Größe \\\"3\\\" \\\\ 日本\"");
  CHECK(write(Value(std::string("a\nb\x01\tc", 6))) == R"("a\nb\u0001\tc")");
  const auto back = read(write(Value(std::string("null \0 inside", 13))));
  REQUIRE(back);
  CHECK(*back->text() == std::string("null \0 inside", 13));
  CHECK_THROWS_AS(write(Value("\xC3(")), std::invalid_argument);
}

TEST_CASE("digits that are no number do not leave") {
  for (const char* digits : {"", "-", "01", "1.", ".5", "1e", "NaN", "1,5", "0x1", " 1", "1\"}"}) {
    CAPTURE(digits);
    CHECK_THROWS_AS(write(Value(Value::Number{digits})), std::invalid_argument);
  }
  for (const char* digits : {"0", "-0", "10", "0.50", "-1.5e+3", "1E-7"})
    CHECK(write(Value(Value::Number{digits})) == digits);
}

TEST_CASE("numbers are read exactly, in any spelling Java has for them") {
  const auto value = read(R"({"a":12.50,"b":1.25E+3,"c":0E-7,"d":-12.5e-3,"e":"12","f":1E999999,)"
                          R"("g":100E-2,"h":7e0,"i":12345678901234567890123})");
  // 1E999999 does not fit any number the parser knows
  CHECK_FALSE(value);
  const auto good = read(R"({"a":12.50,"b":1.25E+3,"c":0E-7,"d":-12.5e-3,"e":"12",)"
                         R"("g":100E-2,"h":7e0,"i":12345678901234567890123,"j":1e300})");
  REQUIRE(good);
  const auto text = [&good](const char* key) {
    const auto number = good->decimal_of(key);
    return number ? number->to_string() : std::string("none");
  };
  CHECK(text("a") == "12.50");
  CHECK(text("b") == "1250");
  CHECK(good->decimal_of("c")->is_zero());
  CHECK(text("d") == "-0.0125");
  CHECK(text("e") == "none");
  CHECK(text("g") == "1.00");
  CHECK(text("h") == "7");
  CHECK(text("i") == "none");
  CHECK(text("j") == "none");
  CHECK(text("missing") == "none");
}

TEST_CASE("what is no JSON is no answer") {
  for (const char* json : {"", "{", "{\"a\":1,}", "[1 2]", "<html></html>", "nul", "{\"a\":1}x",
                           "{\"a\":01}", "\"\xff\"", "{'a':1}", "[1.]"}) {
    CAPTURE(json);
    CHECK_FALSE(read(json));
  }
}

TEST_CASE("a key that stands twice is refused wherever it stands") {
  CHECK_FALSE(read(R"({"Id":"1","Id":"2"})"));
  CHECK_FALSE(read(R"({"a":[{"b":1,"c":2,"b":1}]})"));
  CHECK(read(R"({"a":{"b":1},"b":{"b":1}})"));
}

TEST_CASE("the problem never quotes what was read") {
  const auto bad = read(R"({"access_token":"secret-value",,})");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().find("secret") == std::string::npos);
}

TEST_CASE("answers beyond the limits are unreadable") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  CHECK(read(nested(qb::qbo::answer_depth_max)));
  CHECK_FALSE(read(nested(qb::qbo::answer_depth_max + 1)));
  CHECK_FALSE(read(nested(100'000)));
  CHECK_FALSE(read(std::string(qb::qbo::answer_size_max_bytes + 1, ' ')));
  std::string many = "[0";
  for (std::size_t i = 0; i < qb::qbo::answer_values_max; ++i)
    many += ",0";
  CHECK_FALSE(read(many + "]"));
}
