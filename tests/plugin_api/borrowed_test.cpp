#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "sample.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <functional>

namespace {

erp::PurchaseOrder sample_order() {
  return std::get<erp::PurchaseOrder>(sample::ordered().document);
}

// C structs of the documented order, to be spoilt.
struct Spoilt {
  erp::PurchaseOrder owner = sample_order();
  erp::Borrowing borrowing;
  erp_purchase_order order = *borrowing.purchase_order(owner);
  erp_po_line line = *order.lines[0];
  erp_part part = *line.part;
  erp_fee fee = *order.fees[0];
  erp_supplier supplier = *order.supplier;
  erp_address ship_to = *order.ship_to;
  const erp_po_line* lines[1] = {&line};
  const erp_fee* fees[1] = {&fee};

  Spoilt() {
    line.part = &part;
    order.lines = lines;
    order.fees = fees;
    order.supplier = &supplier;
    order.ship_to = &ship_to;
  }
};

// What copy() says when the order was spoilt like this.
std::string complaint(const std::function<void(Spoilt&)>& spoil) {
  Spoilt spoilt;
  REQUIRE(erp::to_json(erp::copy(spoilt.order)) == erp::to_json(spoilt.owner));
  spoil(spoilt);
  try {
    erp::copy(spoilt.order);
  } catch (const erp::BrokenContract& broken) {
    return broken.what;
  }
  return "nothing";
}

erp_str str(const char* text) {
  return erp_str{text, std::strlen(text)};
}

erp_attr attribute(const char* key, std::int32_t kind, erp_value_as as) {
  return erp_attr{str(key), erp_value{kind, 0, as}};
}

} // namespace

TEST_CASE("a copy refuses a struct that is smaller than that of 1.0 (R3)") {
  CHECK(complaint([](Spoilt& it) { it.order.struct_size -= 1; }) ==
        "purchase_order has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.order.struct_size = 0; }) ==
        "purchase_order has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.part.struct_size -= 8; }) ==
        "purchase_order.lines[0].part has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.line.struct_size = 4; }) ==
        "purchase_order.lines[0] has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.fee.struct_size = 4; }) ==
        "purchase_order.fees[0] has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.supplier.struct_size = 4; }) ==
        "purchase_order.supplier has a struct_size below that of 1.0");
  CHECK(complaint([](Spoilt& it) { it.ship_to.struct_size = 4; }) ==
        "purchase_order.ship_to has a struct_size below that of 1.0");
}

TEST_CASE("a copy takes a struct that is larger than it knows (R3)") {
  Spoilt spoilt;
  spoilt.order.struct_size += 64;
  spoilt.part.struct_size += 64;
  CHECK(erp::to_json(erp::copy(spoilt.order)) == erp::to_json(spoilt.owner));
}

TEST_CASE("a copy refuses null where a document must be") {
  CHECK(complaint([](Spoilt& it) { it.order.supplier = nullptr; }) ==
        "purchase_order.supplier is null");
  CHECK(complaint([](Spoilt& it) { it.lines[0] = nullptr; }) == "purchase_order.lines[0] is null");
  CHECK(complaint([](Spoilt& it) { it.order.lines = nullptr; }) == "purchase_order.lines is null");
  CHECK(complaint([](Spoilt& it) { it.order.fees = nullptr; }) == "purchase_order.fees is null");
  CHECK(complaint([](Spoilt& it) { it.line.attributes.items = nullptr; }) ==
        "purchase_order.lines[0].attributes is null");
}

TEST_CASE("a copy refuses absent and empty ids, and texts that are none (R7)") {
  CHECK(complaint([](Spoilt& it) {
          it.order.id = erp_str{nullptr, 0};
        }) == "purchase_order.id is absent");
  CHECK(complaint([](Spoilt& it) { it.line.id = str(""); }) ==
        "purchase_order.lines[0].id is empty");
  CHECK(complaint([](Spoilt& it) {
          it.part.number = erp_str{nullptr, 5};
        }) == "purchase_order.lines[0].part.number is absent");
  CHECK(complaint([](Spoilt& it) { it.supplier.name = str("\xff"); }) ==
        "purchase_order.supplier.name is not UTF-8");
  CHECK(complaint([](Spoilt& it) { it.order.memo = str("\xed\xa0\x80"); }) ==
        "purchase_order.memo is not UTF-8");
  const std::string long_text(erp::text_length_max_bytes + 1, 'x');
  CHECK(complaint([&](Spoilt& it) { it.order.memo = erp::borrow(long_text); }) ==
        "purchase_order.memo is longer than 1 MiB");
}

TEST_CASE("a copy refuses numbers and dates that are none") {
  CHECK(complaint([](Spoilt& it) { it.line.total.amount.scale = 19; }) ==
        "purchase_order.lines[0].total is no number: its scale is not from 0 to 18");
  CHECK(complaint([](Spoilt& it) { it.line.total.amount.scale = ERP_DECIMAL_ABSENT; }) ==
        "purchase_order.lines[0].total is absent");
  CHECK(complaint([](Spoilt& it) { it.line.quantity.scale = ERP_DECIMAL_ABSENT; }) ==
        "purchase_order.lines[0].quantity is absent, which only a line without a part may have");
  CHECK(complaint([](Spoilt& it) { it.fee.amount.amount.scale = -2; }) ==
        "purchase_order.fees[0].amount is no number: its scale is not from 0 to 18");
  CHECK(complaint([](Spoilt& it) {
          it.order.ordered_on = erp_date{2026, 2, 30, 0};
        }) == "purchase_order.ordered_on is no day of the calendar");
  CHECK(complaint([](Spoilt& it) {
          it.order.due_on = erp_date{20260, 2, 3, 0};
        }) == "purchase_order.due_on is no day of the calendar");
  CHECK(complaint([](Spoilt& it) {
          it.order.due_on = erp_date{2026, 13, 1, 0};
        }) == "purchase_order.due_on is no day of the calendar");
}

TEST_CASE("a copy refuses an amount in another currency than its order's") {
  CHECK(complaint([](Spoilt& it) { std::memcpy(it.line.total.currency, "EUR", 4); }) ==
        "purchase_order.lines[0].total is in another currency than its order");
  CHECK(complaint([](Spoilt& it) { std::memcpy(it.fee.amount.currency, "USd", 4); }) ==
        "purchase_order.fees[0].amount is in another currency than its order");
  CHECK(complaint([](Spoilt& it) { std::memcpy(it.order.currency, "US\0", 4); }) ==
        "purchase_order.currency is no three-letter currency code");
  CHECK(complaint([](Spoilt& it) { std::memcpy(it.order.currency, "USDX", 4); }) ==
        "purchase_order.currency is no three-letter currency code");
  CHECK(complaint([](Spoilt& it) {
          it.line.unit_cost = erp_money{{0, ERP_DECIMAL_ABSENT, 0}, {0, 0, 0, 0}, 0};
        }) == "nothing");
}

TEST_CASE("an enumerator that is not known is taken for what its header says (R9)") {
  Spoilt spoilt;
  spoilt.order.status = 99;
  spoilt.part.kind = -4;
  const erp::PurchaseOrder copied = erp::copy(spoilt.order);
  CHECK(copied.status == erp::PurchaseOrderStatus::ordered);
  CHECK(copied.lines.at(0).part->kind == erp::PartKind::stocked);
}

TEST_CASE("an attribute of any kind becomes text, and one of an unknown kind has no value") {
  erp_value_as as{};
  std::vector<erp_attr> attributes;
  attributes.push_back(attribute("null", ERP_VALUE_NULL, as));
  as.integer = 1;
  attributes.push_back(attribute("bool", ERP_VALUE_BOOL, as));
  as.integer = -42;
  attributes.push_back(attribute("int", ERP_VALUE_INT, as));
  as.decimal = erp_decimal{-1250, 2, 0};
  attributes.push_back(attribute("decimal", ERP_VALUE_DECIMAL, as));
  as.text = str("R&D");
  attributes.push_back(attribute("text", ERP_VALUE_STRING, as));
  as.date = erp_date{2026, 11, 20, 0};
  attributes.push_back(attribute("date", ERP_VALUE_DATE, as));
  as.instant = 0;
  attributes.push_back(attribute("instant", ERP_VALUE_INSTANT, as));
  as.instant = ERP_INSTANT_ABSENT;
  attributes.push_back(attribute("no instant", ERP_VALUE_INSTANT, as));
  attributes.push_back(attribute("later", 4711, as));

  Spoilt spoilt;
  spoilt.line.attributes = erp_attrs{attributes.data(), attributes.size()};
  const erp::Attributes expected = {{"null", std::nullopt},
                                    {"bool", "true"},
                                    {"int", "-42"},
                                    {"decimal", "-12.50"},
                                    {"text", "R&D"},
                                    {"date", "2026-11-20"},
                                    {"instant", "1970-01-01T00:00:00Z"},
                                    {"no instant", std::nullopt},
                                    {"later", std::nullopt}};
  CHECK(erp::copy(spoilt.order).lines.at(0).attributes == expected);

  attributes.push_back(attributes.front());
  spoilt.line.attributes = erp_attrs{attributes.data(), attributes.size()};
  CHECK_THROWS_AS(erp::copy(spoilt.order), erp::BrokenContract);
}

TEST_CASE("the reason of a cancellation may be absent, and is text where it is there") {
  const Spoilt spoilt;
  CHECK(erp::copy(spoilt.order, erp_str{nullptr, 0}).reason == std::nullopt);
  CHECK(erp::copy(spoilt.order, str("withdrawn")).reason == "withdrawn");
  CHECK_THROWS_AS(erp::copy(spoilt.order, str("\xff")), erp::BrokenContract);
}

TEST_CASE("an envelope is copied whole, or not at all") {
  erp_event event{};
  event.struct_size = sizeof event;
  event.attempt = 3;
  event.sequence = 17;
  event.event_id = str("e-1");
  event.occurred_at = 1'795'168'800'000'000;
  event.actor = str("buyer");
  const erp::Envelope copied = erp::copy(event);
  CHECK(copied.event_id == "e-1");
  CHECK(copied.sequence == 17);
  CHECK(copied.attempt == 3);
  CHECK(copied.occurred_at == event.occurred_at);
  CHECK(copied.actor == "buyer");

  const auto broken = [&](auto spoil) {
    erp_event spoilt = event;
    spoil(spoilt);
    CHECK_THROWS_AS(erp::copy(spoilt), erp::BrokenContract);
  };
  broken([](erp_event& it) { it.struct_size = 55; });
  broken([](erp_event& it) { it.event_id = erp_str{nullptr, 0}; });
  broken([](erp_event& it) { it.event_id = str(""); });
  broken([](erp_event& it) { it.occurred_at = ERP_INSTANT_ABSENT; });
  broken([](erp_event& it) { it.actor = str("\x80"); });
}

TEST_CASE("a host cannot hand out an amount without a currency") {
  erp::PurchaseOrder order = sample_order();
  order.currency = "";
  CHECK_THROWS_AS(erp::Borrowing().purchase_order(order), erp::BrokenContract);
}
