#include "scene.hpp"

using namespace qb;

namespace {

// All were written, and the answer tells of the last one first. The Id is "po-" and the number.
company::Reply written_told_backwards(const std::string& batch) {
  qbo::Value told = qbo::Value::array();
  const qbo::Value sent = *qbo::read(batch);
  const auto& items = *sent.find("BatchItemRequest")->items();
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    qbo::Value order = *item->find("PurchaseOrder");
    order.set("Id", "po-" + order.text_of("DocNumber"));
    order.set("SyncToken", "0");
    qbo::Value part = qbo::Value::object();
    part.set("bId", item->text_of("bId"));
    part.set("PurchaseOrder", std::move(order));
    told.push(std::move(part));
  }
  company::Reply reply;
  reply.outcome.kind = OutcomeKind::accepted;
  reply.outcome.http_status = 200;
  reply.answer = qbo::Value::object();
  reply.answer.set("BatchItemResponse", std::move(told));
  return reply;
}

} // namespace

TEST_CASE("a batch may be answered in any order") {
  Scene scene;
  const auto ids = backlog(scene);
  scene.company.answer = [&](const std::string&) {
    return written_told_backwards(scene.company.bodies.back());
  };
  scene.run();
  CHECK(scene.company.arrived.size() == 1);
  const links::Links links(scene.store);
  for (const std::int64_t id : ids) {
    const auto entry = scene.outbox.find(id);
    CHECK(entry->state == outbox::State::delivered);
    const auto link = links.find(entry->subject);
    REQUIRE(link);
    CHECK("purchase_order/" + link->entity_id.substr(3) == entry->subject);
  }
}
