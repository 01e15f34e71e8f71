#include "erp/sdk/canonical_json.hpp"
#include "sample.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

// As it stands in the documentation of the interface.
constexpr const char* documented =
    R"({"event_id":"e-1","occurred_at":"2026-11-20T10:00:00Z","actor":"buyer","kind":"po_ordered",)"
    R"("purchase_order":{"id":"1042","number":"1042","version":1,"status":"ordered","currency":"USD","exchange_rate":"1",)"
    R"("ordered_on":"2026-11-20","due_on":null,"memo":null,"reference":null,)"
    R"("supplier":{"id":"S-7","name":"Hicks Hardware","email":null,"currency":"USD","address":{"line1":"","line2":"","city":"","region":"","postal_code":"","country":"US"}},)"
    R"("ship_to":{"name":"","line1":"","line2":"","city":"","region":"","postal_code":"","country":"US"},)"
    R"("lines":[{"id":"1","part":{"id":"P-1","number":"820412-001","revision":"B","description":"Bracket","kind":"stocked","active":true},)"
    R"("description":"Bracket","quantity":"10","unit_cost":"12.5","total":"125","attributes":{"Class":"R&D","Expense Code":null}}],)"
    R"("fees":[{"id":"f1","name":"Shipping","amount":"15"}]}})";

json example() {
  return json::parse(documented);
}

json receipt_example() {
  json event = example();
  event["kind"] = "po_received";
  event["receipt"] = {{"id", "R-1"},
                      {"number", "R-1"},
                      {"received_on", "2026-11-25"},
                      {"complete", false},
                      {"purchase_order", event["purchase_order"]},
                      {"lines", json::array({{{"po_line_id", "1"}, {"quantity", "4"}}})}};
  event.erase("purchase_order");
  return event;
}

erp::JsonProblem problem_of(std::string_view text) {
  const auto event = erp::event_from_json(text);
  REQUIRE_MESSAGE(!event.has_value(), std::string(text.substr(0, 400)));
  return event.error();
}

// The field that is named when `value` stands at `pointer`, with the example around it.
std::string refused_field(json event, const char* pointer, json value) {
  event[json::json_pointer(pointer)] = std::move(value);
  const erp::JsonProblem problem = problem_of(event.dump());
  CHECK_FALSE(problem.what.empty());
  CHECK(problem.event_id == (std::string_view(pointer) == "/event_id" ? "" : "e-1"));
  return problem.field;
}

json without(json event, const char* parent, const char* member) {
  event[json::json_pointer(parent)].erase(member);
  return event;
}

std::string missing_field(const json& event, const char* parent, const char* member) {
  const erp::JsonProblem problem = problem_of(without(event, parent, member).dump());
  CHECK(problem.what.find("missing") != std::string::npos);
  return problem.field;
}

} // namespace

TEST_CASE("the documented order is read and written byte for byte") {
  const auto event = erp::event_from_json(documented);
  REQUIRE(event.has_value());
  CHECK(sample::equal(*event, sample::ordered()));
  CHECK(erp::to_json(*event) == documented);
  CHECK(json::parse(erp::to_json(std::get<erp::PurchaseOrder>(event->document))) ==
        example()["purchase_order"]);
}

TEST_CASE("every kind of event is read and written") {
  json part = {{"event_id", "e"},
               {"occurred_at", "2026-11-20T10:00:00Z"},
               {"kind", "part_saved"},
               {"part", example()["purchase_order"]["lines"][0]["part"]}};
  json supplier = {{"event_id", "e"},
                   {"occurred_at", "2026-11-20T10:00:00Z"},
                   {"kind", "supplier_saved"},
                   {"supplier", example()["purchase_order"]["supplier"]}};
  json cancelled = example();
  cancelled["kind"] = "po_cancelled";
  cancelled["reason"] = "ordered twice";
  json corrected = receipt_example();
  corrected["kind"] = "receipt_corrected";
  for (const json& event : {part, supplier, cancelled, corrected, receipt_example()}) {
    const auto read = erp::event_from_json(event.dump());
    REQUIRE_MESSAGE(read.has_value(), event.dump());
    CHECK(erp::to_string(read->kind) == event["kind"]);
    json written = json::parse(erp::to_json(*read));
    if (!event.contains("actor")) written.erase("actor");
    CHECK(written == event);
  }
}

TEST_CASE("subjects are what an event is about, and a receipt keeps its order's place") {
  const auto ordered = *erp::event_from_json(documented);
  CHECK(erp::subject_of(ordered) == "purchase_order/1042");
  CHECK(erp::ordering_key_of(ordered) == "purchase_order/1042");
  const auto received = *erp::event_from_json(receipt_example().dump());
  CHECK(erp::subject_of(received) == "receipt/R-1");
  CHECK(erp::ordering_key_of(received) == "purchase_order/1042");
}

TEST_CASE("what may be absent may be null or missing, and unknown members are ignored") {
  json event = example();
  event["trace"] = {{"deep", json::array({1, 2.5, json::object({{"event_id", "other"}})})}};
  event["purchase_order"]["lines"][0]["colour"] = 7;
  event["purchase_order"].erase("memo");
  event["purchase_order"].erase("fees");
  event["purchase_order"].erase("exchange_rate");
  event["purchase_order"]["ship_to"] = nullptr;
  event["purchase_order"]["supplier"].erase("address");
  event["purchase_order"]["supplier"]["currency"] = nullptr;
  event["purchase_order"]["lines"][0]["unit_cost"] = nullptr;
  event["purchase_order"]["lines"][0]["part"]["revision"] = nullptr;
  event["purchase_order"]["lines"][0].erase("attributes");
  event.erase("event_id");
  event["actor"] = nullptr;
  const auto read = erp::event_from_json(event.dump());
  REQUIRE_MESSAGE(read.has_value(), read.error().field);
  CHECK(read->event_id.empty());
  CHECK_FALSE(read->actor.has_value());
  const auto& order = std::get<erp::PurchaseOrder>(read->document);
  CHECK(order.fees.empty());
  CHECK_FALSE(order.exchange_rate.has_value());
  CHECK_FALSE(order.supplier.address.has_value());
  CHECK_FALSE(order.lines.at(0).unit_cost.has_value());
}

TEST_CASE("a line without a part may leave its quantity open, another may not") {
  json event = example();
  json& line = event["purchase_order"]["lines"][0];
  line["quantity"] = nullptr;
  CHECK(problem_of(event.dump()).field == "purchase_order.lines[0].quantity");
  line["part"] = nullptr;
  REQUIRE(erp::event_from_json(event.dump()).has_value());
}

TEST_CASE("an event QuickBooks would refuse is still an event") {
  json event = example();
  event["purchase_order"]["lines"] = json::array();
  event["purchase_order"]["fees"] = json::array();
  event["purchase_order"]["number"] = std::string(500, '9');
  event["purchase_order"]["supplier"]["name"] = std::string(5000, 'n');
  CHECK(erp::event_from_json(event.dump()).has_value());
}

TEST_CASE("a wrongly typed member is named with its path") {
  const json order = example();
  const json receipt = receipt_example();
  CHECK(refused_field(order, "/event_id", 7) == "event_id");
  CHECK(refused_field(order, "/event_id", "") == "event_id");
  CHECK(refused_field(order, "/occurred_at", "yesterday") == "occurred_at");
  CHECK(refused_field(order, "/occurred_at", 1795168800) == "occurred_at");
  CHECK(refused_field(order, "/actor", json::array()) == "actor");
  CHECK(refused_field(order, "/kind", "po_invented") == "kind");
  CHECK(refused_field(order, "/kind", 3) == "kind");
  CHECK(refused_field(order, "/purchase_order", "1042") == "purchase_order");
  CHECK(refused_field(order, "/purchase_order/id", 1042) == "purchase_order.id");
  CHECK(refused_field(order, "/purchase_order/id", "") == "purchase_order.id");
  CHECK(refused_field(order, "/purchase_order/number", false) == "purchase_order.number");
  CHECK(refused_field(order, "/purchase_order/version", "1") == "purchase_order.version");
  CHECK(refused_field(order, "/purchase_order/version", 1.0) == "purchase_order.version");
  CHECK(refused_field(order, "/purchase_order/version", UINT64_MAX) == "purchase_order.version");
  CHECK(refused_field(order, "/purchase_order/status", "canceled") == "purchase_order.status");
  CHECK(refused_field(order, "/purchase_order/currency", "usd") == "purchase_order.currency");
  CHECK(refused_field(order, "/purchase_order/currency", "EURO") == "purchase_order.currency");
  CHECK(refused_field(order, "/purchase_order/exchange_rate", 1) == "purchase_order.exchange_rate");
  CHECK(refused_field(order, "/purchase_order/ordered_on", "2026-02-30") ==
        "purchase_order.ordered_on");
  CHECK(refused_field(order, "/purchase_order/due_on", "20/11/2026") == "purchase_order.due_on");
  CHECK(refused_field(order, "/purchase_order/memo", 5) == "purchase_order.memo");
  CHECK(refused_field(order, "/purchase_order/supplier/name", 5) == "purchase_order.supplier.name");
  CHECK(refused_field(order, "/purchase_order/supplier/currency", "") ==
        "purchase_order.supplier.currency");
  CHECK(refused_field(order, "/purchase_order/supplier/address", "Main St") ==
        "purchase_order.supplier.address");
  CHECK(refused_field(order, "/purchase_order/ship_to/city", 1) == "purchase_order.ship_to.city");
  CHECK(refused_field(order, "/purchase_order/lines", json::object()) == "purchase_order.lines");
  CHECK(refused_field(order, "/purchase_order/lines/0", 1) == "purchase_order.lines[0]");
  CHECK(refused_field(order, "/purchase_order/lines/0/part/kind", "raw") ==
        "purchase_order.lines[0].part.kind");
  CHECK(refused_field(order, "/purchase_order/lines/0/part/active", "yes") ==
        "purchase_order.lines[0].part.active");
  CHECK(refused_field(order, "/purchase_order/lines/0/total", 125) ==
        "purchase_order.lines[0].total");
  CHECK(refused_field(order, "/purchase_order/lines/0/unit_cost", 12.5) ==
        "purchase_order.lines[0].unit_cost");
  CHECK(refused_field(order, "/purchase_order/lines/0/attributes", json::array()) ==
        "purchase_order.lines[0].attributes");
  CHECK(refused_field(order, "/purchase_order/lines/0/attributes/Class", true) ==
        "purchase_order.lines[0].attributes.Class");
  CHECK(refused_field(order, "/purchase_order/fees/0/amount", "fifteen") ==
        "purchase_order.fees[0].amount");
  CHECK(refused_field(receipt, "/receipt/complete", 0) == "receipt.complete");
  CHECK(refused_field(receipt, "/receipt/lines/0/quantity", "4 pcs") ==
        "receipt.lines[0].quantity");
  CHECK(refused_field(receipt, "/receipt/purchase_order/lines/0/total", "1e3") ==
        "receipt.purchase_order.lines[0].total");
}

TEST_CASE("a missing member is named with its path") {
  const json order = example();
  for (const char* member : {"occurred_at", "kind"})
    CHECK(missing_field(order, "", member) == member);
  CHECK(problem_of(without(order, "", "purchase_order").dump()).field == "purchase_order");
  for (const char* member : {"id", "number", "version", "status", "currency", "lines"})
    CHECK(missing_field(order, "/purchase_order", member) ==
          std::string("purchase_order.") + member);
  CHECK(problem_of(without(order, "/purchase_order", "supplier").dump()).field ==
        "purchase_order.supplier");
  for (const char* member : {"id", "name"})
    CHECK(missing_field(order, "/purchase_order/supplier", member) ==
          std::string("purchase_order.supplier.") + member);
  for (const char* member : {"id", "quantity", "total"})
    CHECK(missing_field(order, "/purchase_order/lines/0", member) ==
          std::string("purchase_order.lines[0].") + member);
  for (const char* member : {"id", "number", "kind", "active"})
    CHECK(missing_field(order, "/purchase_order/lines/0/part", member) ==
          std::string("purchase_order.lines[0].part.") + member);
  for (const char* member : {"id", "name", "amount"})
    CHECK(missing_field(order, "/purchase_order/fees/0", member) ==
          std::string("purchase_order.fees[0].") + member);
  const json receipt = receipt_example();
  for (const char* member : {"id", "number", "complete", "lines"})
    CHECK(missing_field(receipt, "/receipt", member) == std::string("receipt.") + member);
  for (const char* member : {"po_line_id", "quantity"})
    CHECK(missing_field(receipt, "/receipt/lines/0", member) ==
          std::string("receipt.lines[0].") + member);
}

TEST_CASE("an amount that is too large is told from one that is no number") {
  json event = example();
  event["purchase_order"]["lines"][0]["total"] = "92233720368547758.08";
  CHECK(problem_of(event.dump()).what.find("does not fit") == 0);
  event["purchase_order"]["lines"][0]["total"] = "0.0000000000000000001";
  CHECK(problem_of(event.dump()).what.find("does not fit") == 0);
  event["purchase_order"]["lines"][0]["total"] = "12,50";
  CHECK(problem_of(event.dump()).what.find("must be a decimal string") == 0);
}

TEST_CASE("malformed JSON is no event, and the event's id is told as far as it was read") {
  const std::string text = documented;
  CHECK(problem_of("").field.empty());
  CHECK(problem_of("{").event_id.empty());
  CHECK(problem_of("null").what == "must be an object");
  CHECK(problem_of("[]").what == "must be an object");
  CHECK(problem_of(text + "}").event_id == "e-1");
  CHECK(problem_of(text + " {}").event_id == "e-1");
  for (const char* bad :
       {"{\"event_id\":\"e-1\",}", "{'event_id':'e-1'}", "{\"event_id\":\"e-1\" \"actor\":1}",
        "{\"a\":NaN}", "{\"a\":01}", "{\"a\":\"\t\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\x\"}",
        "/* c */ {}", "{\"a\":1"})
    CHECK_MESSAGE(problem_of(bad).what.find("is not valid JSON near byte") == 0, bad);
  // Cut anywhere, it is refused; nothing is guessed.
  for (std::size_t size = 0; size < text.size(); ++size)
    problem_of(std::string_view(text).substr(0, size));
}

TEST_CASE("malformed JSON names the member it broke in") {
  CHECK(problem_of(R"({"event_id":"e-1","purchase_order":{"lines":[{"id":"1"},{"id":tru}]}})")
            .field == "purchase_order.lines[1].id");
  CHECK(problem_of(R"({"event_id":"e-1","purchase_order":{"lines":[1,2,}}})").field ==
        "purchase_order.lines[2]");
}

TEST_CASE("a member that stands twice is refused, wherever it stands") {
  CHECK(problem_of(R"({"event_id":"e-1","event_id":"e-2"})").field == "event_id");
  const auto problem = problem_of(
      R"({"event_id":"e-1","purchase_order":{"lines":[{"id":"1","total":"1","total":"2"}]}})");
  CHECK(problem.field == "purchase_order.lines[0].total");
  CHECK(problem.what == "stands twice");
  CHECK(problem.event_id == "e-1");
}

TEST_CASE("text that is not UTF-8 is refused, and the member named") {
  for (const char* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    std::string text = documented;
    text.insert(text.find("Hicks"), bad);
    const auto problem = problem_of(text);
    CHECK(problem.field == "purchase_order.supplier.name");
    CHECK(problem.what == "is not valid UTF-8");
    CHECK(problem.event_id == "e-1");
  }
}

TEST_CASE("a text over one mebibyte is refused, one of exactly that size is not") {
  const auto with_memo = [](std::size_t size) {
    std::string text = documented;
    const std::string_view absent = "\"memo\":null";
    return text.replace(text.find(absent), absent.size(),
                        "\"memo\":\"" + std::string(size, 'm') + '"');
  };
  CHECK(erp::event_from_json(with_memo(erp::text_length_max_bytes)).has_value());
  const auto problem = problem_of(with_memo(erp::text_length_max_bytes + 1));
  CHECK(problem.field == "purchase_order.memo");
  CHECK(problem.what == "is longer than 1 MiB");
  CHECK(problem.event_id == "e-1");
  CHECK(
      problem_of("{\"" + std::string(erp::text_length_max_bytes + 1, 'k') + "\":1}").field.size() <
      300);
}

TEST_CASE("nesting beyond all reason is refused, without a stack that overflows") {
  const auto problem =
      problem_of("{\"event_id\":\"e-1\",\"x\":" + std::string(3'000'000, '[') + "}");
  CHECK(problem.what == "is nested too deeply");
  CHECK(problem.event_id == "e-1");
  CHECK(problem_of(std::string(100'000, '[')).what == "is nested too deeply");
}

TEST_CASE("what is written is JSON whatever the texts hold") {
  erp::Event event = sample::ordered();
  auto& order = std::get<erp::PurchaseOrder>(event.document);
  std::string all;
  for (int c = 0; c < 0x80; ++c)
    all += static_cast<char>(c);
  all += "\xc2\x80\xe2\x80\xa8\xf4\x8f\xbf\xbf";
  order.memo = all;
  order.lines[0].attributes = {{all, all}};
  const json written = json::parse(erp::to_json(event));
  CHECK(written["purchase_order"]["memo"] == all);
  CHECK(written["purchase_order"]["lines"][0]["attributes"][all] == all);
  CHECK(erp::to_json(event).find('\n') == std::string::npos);
}
