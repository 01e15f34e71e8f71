#include "orders.hpp"

#include "core/mapping/address.hpp"
#include "core/mapping/obstacles.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/private_note.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

#include <doctest/doctest.h>

using namespace qb::mapping;

TEST_CASE("the mark of an order is a line of its own, and the last one counts") {
  const std::string subject = "purchase_order/1042";
  CHECK(carries_marker("[erp:purchase_order/1042]", subject));
  CHECK(carries_marker("Job 77\n[erp:purchase_order/1042]\r\nthanks", subject));
  CHECK(carries_marker("[erp:purchase_order/999]\n[erp:purchase_order/1042]", subject));
  CHECK(carries_marker("[erp:purchase_order/1042]\nsee [erp:purchase_order/999]", subject));
  CHECK_FALSE(carries_marker("", subject));
  CHECK_FALSE(carries_marker("see [erp:purchase_order/1042]", subject));
  CHECK_FALSE(carries_marker("[erp:purchase_order/1042] see", subject));
  CHECK_FALSE(carries_marker("[erp:purchase_order/10421]", subject));
  CHECK_FALSE(carries_marker("[erp:purchase_order/1042]\n[erp:purchase_order/999]", subject));
}

TEST_CASE("a note tells whose mark it bears") {
  CHECK(marked_subject("Job 77\n[erp:receipt/R 7]1]\nthanks") == "receipt/R 7]1");
  CHECK(marked_subject("[erp:purchase_order/1]\n[erp:purchase_order/2]") == "purchase_order/2");
  CHECK_FALSE(marked_subject("see [erp:purchase_order/1]").has_value());
  CHECK_FALSE(marked_subject("[erp:purchase_order/1] see").has_value());
  CHECK_FALSE(marked_subject("[erp:purchase_order/1\n]").has_value());
}

TEST_CASE("writing a note again and again does not make it longer") {
  const std::string subject = "purchase_order/1042";
  for (const char* reference :
       {"", "Job 77", "Job 77\n[erp:purchase_order/1042]", "[erp:purchase_order/1042]\nJob 77",
        "a\n[erp:purchase_order/999]\nb"}) {
    CAPTURE(reference);
    const std::string once = private_note(reference, subject, "");
    CHECK(carries_marker(once, subject));
    CHECK(private_note(reference, subject, once) == once);
    const std::string with_note = once + "\nAgreed by phone.";
    CHECK(private_note(reference, subject, with_note) == with_note);
    CHECK(private_note("Job 78", subject, with_note) ==
          "Job 78\n[erp:purchase_order/1042]\nAgreed by phone.");
  }
}

TEST_CASE("a text is counted in UTF-16 units and never cut inside a character") {
  CHECK(limits::length_of("abc") == 3);
  CHECK(limits::length_of("\u00e4\u20ac") == 2);
  CHECK(limits::length_of("\U0001F529") == 2);
  CHECK(beginning_of("\u00e4\u00e4\u00e4", 3) == "\u00e4\u00e4\u00e4");
  CHECK(beginning_of("\u00e4\u00e4\u00e4", 2) == "\u00e4\u00e4...");
  Obstacles obstacles;
  std::string bolts;
  for (int i = 0; i < 51; ++i)
    bolts += "\U0001F529";
  CHECK(obstacles.within(bolts, 102, "", "memo") == bolts);
  CHECK(obstacles.none());
  obstacles.within(bolts, 101, "", "memo");
  const auto found = obstacles.take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].limit == "101 characters");
  CHECK(found[0].name.size() == 40 * 4 + 3);
}

TEST_CASE("what QuickBooks refuses in a text is a blank, and nothing else is changed") {
  CHECK(clean_text("  two\n lines\t\r\n") == "two\n lines");
  CHECK(clean_text(std::string("a\0b\x1f", 4)) == "a b");
  CHECK(clean_text("\u00e4\u200b\u20ac") == "\u00e4\u200b\u20ac");
  CHECK(clean_text(" \x7f ").empty());
}

TEST_CASE("an e-mail address is sent if QuickBooks would take it") {
  CHECK(usable_email(" a@b.example ") == "a@b.example");
  for (const char* text :
       {"", "a", "@b.example", "a@b", "a@b.", "a@@b.example", "a@b.example,c@d.example",
        "A <a@b.example>", "a b@c.example", "a\x01@b.example"}) {
    CAPTURE(text);
    CHECK_FALSE(usable_email(text));
  }
  CHECK_FALSE(usable_email(std::nullopt));
  CHECK_FALSE(usable_email(std::string(91, 'a') + "@b.example"));
}

TEST_CASE("a document number follows its format") {
  erp::PurchaseOrder order = plain_order();
  order.id = "8f14";
  order.number = " 1042 ";
  CHECK(doc_number(order, "{id}") == "8f14");
  CHECK(doc_number(order, "{number}") == "1042");
  CHECK(doc_number(order, "PO-{id}/{id}") == "PO-8f14/8f14");
  order.number = "{id}";
  CHECK(doc_number(order, "{number}") == "{id}");
}
