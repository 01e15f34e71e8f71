// What people do in QuickBooks meanwhile.
#include "world.hpp"

namespace simulation {

// A purchase order is entered by hand, under a number that the host is going to use.
void World::others_order() {
  const std::string number = erp_.coming_number(dice_.below(4));
  std::vector<std::string> vendors;
  for (const auto& [id, record] : quickbooks_.books().table("Vendor"))
    vendors.push_back(std::to_string(id));
  const std::string account = quickbooks_.books().named("Account", "Name", "Freight")->body["Id"];
  const Json line = {{"Description", "by hand"},
                     {"Amount", dice_.between(1, 900)},
                     {"DetailType", "AccountBasedExpenseLineDetail"},
                     {"AccountBasedExpenseLineDetail", {{"AccountRef", {{"value", account}}}}}};
  const Books::Outcome written =
      quickbooks_.books().write("PurchaseOrder",
                                {{"DocNumber", number},
                                 {"VendorRef", {{"value", dice_.pick(vendors)}}},
                                 {"Line", Json::array({line})}},
                                false, quickbooks_.time());
  if (written.fault) return;
  const std::string id = written.object["Id"];
  history_.add("others enter PurchaseOrder " + number + " as Id " + id);
  others_.by_hand[id] = quickbooks_.books().find("PurchaseOrder", id)->body;
  others_.numbers.insert(number);
}

void World::others_edit() {
  std::vector<std::string> ids;
  const char* entity = dice_.chance(300) ? "Bill" : "PurchaseOrder";
  for (const auto& [id, record] : quickbooks_.books().table(entity))
    if (!record.deleted && !others_.by_hand.contains(std::to_string(id)))
      ids.push_back(std::to_string(id));
  if (ids.empty()) return;
  const std::string id = dice_.pick(ids);
  const Json body = quickbooks_.books().find(entity, id)->body;
  const bool open_order = std::string(entity) == "PurchaseOrder" && body["POStatus"] == "Open";
  history_.add("others edit " + std::string(entity) + " Id " + id);
  if (open_order && dice_.chance(400)) {
    const std::string account = quickbooks_.books().named("Account", "Name", "Freight")->body["Id"];
    if (quickbooks_.books().add_line(id, account, dice_.between(100, 9000), quickbooks_.time()))
      others_.lines_added[id] += 1;
  } else {
    quickbooks_.books().change(
        entity, id, {{"PrivateNote", body.value("PrivateNote", "") + "\nseen by the bookkeeper"}},
        quickbooks_.time());
  }
}

void World::others_delete() {
  std::vector<std::string> ids;
  for (const auto& [id, record] : quickbooks_.books().table("PurchaseOrder"))
    if (!record.deleted && !record.body.contains("LinkedTxn") &&
        !others_.by_hand.contains(std::to_string(id)))
      ids.push_back(std::to_string(id));
  if (ids.empty()) return;
  const Json body = quickbooks_.books().find("PurchaseOrder", dice_.pick(ids))->body;
  history_.add("others delete PurchaseOrder " + body["DocNumber"].get<std::string>());
  quickbooks_.books().remove("PurchaseOrder", body, quickbooks_.time());
  others_.deleted_orders.insert(body["DocNumber"].get<std::string>());
}

void World::others_deactivate() {
  const bool vendor = dice_.chance(500);
  const char* entity = vendor ? "Vendor" : "Item";
  const char* member = vendor ? "DisplayName" : "Name";
  std::vector<std::string> ids;
  for (const auto& [id, record] : quickbooks_.books().table(entity))
    if (record.body.value("Active", true)) ids.push_back(std::to_string(id));
  if (ids.size() < 3) return;
  const std::string id = dice_.pick(ids);
  const std::string name = quickbooks_.books().find(entity, id)->body[member];
  history_.add("others make " + name + " inactive");
  quickbooks_.books().change(entity, id, {{"Active", false}, {member, name + Books::inactive_mark}},
                             quickbooks_.time());
}

void World::others_act() {
  if (happens(swarm_.edits)) others_edit();
  if (happens(swarm_.deletions)) others_delete();
  if (happens(swarm_.deactivations)) others_deactivate();
  if (happens(swarm_.orders_by_hand)) others_order();
}

} // namespace simulation
