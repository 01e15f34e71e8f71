#include "errand.hpp"

#include "acceptance/orders.hpp"

namespace fault_matrix {
namespace {

using namespace acceptance;

constexpr int enough_for_a_batch = 11;

Part part_of(const std::string& id) {
  return {.id = "P-" + id, .number = id};
}

Document item_of(const std::string& id) {
  return {"part/P-" + id, "Item", id + " Rev A", ""};
}

Document order_of(const std::string& id, const std::string& total) {
  return {"purchase_order/" + id, "PurchaseOrder", id, total};
}

void add_item(Errand& errand, const std::string& id, Point point) {
  errand.path = "item";
  if (point != Point::middle) {
    errand.events = {part_saved("p-" + id, part_of(id))};
    errand.documents = {item_of(id)};
    return;
  }
  Order order = order_numbered(id);
  Line other = one_more_line();
  other.part = part_of(id + "b");
  order.lines[0].part = part_of(id);
  order.lines.push_back(other);
  errand.events = {po_ordered("e-" + id, order)};
  errand.documents = {item_of(id), item_of(id + "b"), order_of(id, "137.5")};
  errand.nth = 2;
}

void add_vendor(Errand& errand, const std::string& id) {
  Order order = order_numbered(id);
  order.supplier = {.id = "S-" + id, .name = id + " Castings"};
  errand.events.push_back(po_ordered("e-" + id, order));
  errand.documents.push_back({"supplier/S-" + id, "Vendor", id + " Castings", ""});
  errand.documents.push_back(order_of(id, "125"));
  errand.path = "vendor";
  errand.nth = errand.events.size() > 1 ? 2 : 1;
}

void add_order(Errand& errand, const std::string& id, Operation operation) {
  Order order = order_numbered(id);
  errand.path = "purchaseorder";
  if (operation == Operation::order) {
    errand.events.push_back(po_ordered("e-" + id, order));
    errand.documents.push_back(order_of(id, "125"));
    return;
  }
  errand.before.push_back(po_ordered("b-" + id, order));
  if (operation == Operation::bill) {
    errand.path = "bill";
    errand.events.push_back(po_received("e-" + id, order));
    errand.documents.push_back(order_of(id, "125"));
    errand.documents.push_back({"receipt/R-" + id, "Bill", "R-" + id, "125"});
    return;
  }
  order.version = 2;
  order.lines[0].quantity = "12";
  order.lines[0].total = "150";
  errand.events.push_back(po_ordered("e-" + id, order));
  errand.documents.push_back(order_of(id, "150"));
}

} // namespace

Errand make_errand(Operation operation, Point point, int run) {
  Errand errand;
  errand.beginning = "r" + std::to_string(run) + "-";
  const bool many = point == Point::middle && operation != Operation::item;
  const int count = !many ? 1 : operation == Operation::vendor ? 2 : enough_for_a_batch;
  for (int i = 0; i < count; ++i) {
    const std::string id = errand.beginning + std::to_string(i);
    if (operation == Operation::item)
      add_item(errand, id, point);
    else if (operation == Operation::vendor)
      add_vendor(errand, id);
    else
      add_order(errand, id, operation);
  }
  if (count == enough_for_a_batch) errand.path = "batch";
  return errand;
}

} // namespace fault_matrix
