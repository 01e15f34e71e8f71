#include "links/links.hpp"
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <doctest/doctest.h>

using qb::links::Link;
using qb::links::Links;

namespace {

struct Room {
  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "a.db").string()};
  Links links{store};

  template <class Step>
  void write(Step&& step) {
    store.write([&](qb::store::Connection& connection) { step(connection); });
  }
};

Link order(const std::string& number) {
  Link link;
  link.subject = "purchase_order/" + number;
  link.entity = "PurchaseOrder";
  link.entity_id = "7" + number;
  link.sync_token = "0";
  link.doc_number = number;
  link.host_name = "host";
  link.fingerprint = "f";
  link.answer = R"({"Id":"7"})";
  link.line_ids_json = R"({"1":"2"})";
  link.version = 3;
  link.host_total = "136.7415";
  link.document_total = "136.74";
  link.written_at = 99;
  return link;
}

} // namespace

TEST_CASE("a link comes back as it was put, by subject and by entity") {
  Room room;
  room.write([](auto& c) { Links::put(c, order("1042")); });
  const auto by_subject = room.links.find("purchase_order/1042");
  const auto by_entity = room.links.find_entity("PurchaseOrder", "71042");
  for (const auto& found : {by_subject, by_entity}) {
    REQUIRE(found);
    CHECK(found->subject == "purchase_order/1042");
    CHECK(found->entity == "PurchaseOrder");
    CHECK(found->entity_id == "71042");
    CHECK(found->sync_token == "0");
    CHECK(found->doc_number == "1042");
    CHECK(found->host_name == "host");
    CHECK(found->fingerprint == "f");
    CHECK(found->answer == R"({"Id":"7"})");
    CHECK(found->line_ids_json == R"({"1":"2"})");
    CHECK(found->version == 3);
    CHECK(found->host_total == "136.7415");
    CHECK(found->document_total == "136.74");
    CHECK(found->written_at == 99);
  }
  CHECK_FALSE(room.links.find("purchase_order/1"));
  CHECK_FALSE(room.links.find_entity("Bill", "71042"));
}

TEST_CASE("a record has one link, an entity may have several") {
  Room room;
  auto link = order("1");
  room.write([&](auto& c) {
    Links::put(c, link);
    link.sync_token = "1";
    link.entity_id = "new";
    Links::put(c, link);
    link.subject = "purchase_order/2";
    Links::put(c, link);
  });
  CHECK(room.links.find("purchase_order/1")->entity_id == "new");
  CHECK_FALSE(room.links.find_entity("PurchaseOrder", "71"));
  CHECK(room.links.find_entity("PurchaseOrder", "new")->subject == "purchase_order/1");
  CHECK(room.links.list().size() == 2);
}

TEST_CASE("a foreign change makes the stored answer worthless, our own does not") {
  Room room;
  room.write([](auto& c) {
    Links::put(c, order("1"));
    Links::forget_answer(c, "PurchaseOrder", "71", "0");
    Links::forget_answer(c, "Bill", "71", "9");
    Links::forget_answer(c, "PurchaseOrder", "unknown", "9");
  });
  CHECK_FALSE(room.links.find("purchase_order/1")->answer.empty());
  room.write([](auto& c) { Links::forget_answer(c, "PurchaseOrder", "71", "5"); });
  CHECK(room.links.find("purchase_order/1")->answer.empty());
  CHECK(room.links.find("purchase_order/1")->fingerprint == "f");
}

TEST_CASE("the list is by subject, whole however long, and without the answers") {
  Room room;
  room.write([](auto& c) {
    for (int i = 0; i < 450; ++i)
      Links::put(c, order(std::to_string(i)));
  });
  const auto all = room.links.list();
  REQUIRE(all.size() == 450);
  for (std::size_t i = 1; i < all.size(); ++i)
    CHECK(all[i - 1].subject < all[i].subject);
  CHECK(all[0].answer.empty());
  CHECK(all[0].doc_number == "0");
}

TEST_CASE("links go one by one, or all for another company") {
  Room room;
  room.write([](auto& c) {
    for (const char* number : {"1", "2", "3"})
      Links::put(c, order(number));
    Links::remove(c, "purchase_order/2");
  });
  CHECK(room.links.list().size() == 2);
  room.write([](auto& c) { Links::clear(c); });
  CHECK(room.links.list().empty());
}
