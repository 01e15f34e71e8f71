#include "erp/sdk/canonical_json.hpp"

#include "json_reading.hpp"
#include "json_tree.hpp"

#include <nlohmann/json.hpp>

namespace erp {
namespace {

Part read_part(const ObjectReader& from) {
  constexpr const char* kinds[] = {"stocked", "non_stocked", "service"};
  Part part;
  part.id = from.identifier("id");
  part.number = from.text("number");
  part.revision = from.optional_text("revision");
  part.description = from.optional_text("description");
  part.kind = static_cast<PartKind>(from.choice("kind", kinds));
  part.active = from.boolean("active");
  return part;
}

Address read_address(const ObjectReader& from) {
  Address address;
  address.name = from.optional_text("name");
  address.line1 = from.optional_text("line1");
  address.line2 = from.optional_text("line2");
  address.city = from.optional_text("city");
  address.region = from.optional_text("region");
  address.postal_code = from.optional_text("postal_code");
  address.country = from.optional_text("country");
  return address;
}

Supplier read_supplier(const ObjectReader& from) {
  Supplier supplier;
  supplier.id = from.identifier("id");
  supplier.name = from.text("name");
  supplier.email = from.optional_text("email");
  supplier.currency = from.optional_currency("currency");
  from.optional_object("address",
                       [&](const ObjectReader& it) { supplier.address = read_address(it); });
  return supplier;
}

PurchaseOrderLine read_line(const ObjectReader& from) {
  PurchaseOrderLine line;
  line.id = from.identifier("id");
  from.optional_object("part", [&](const ObjectReader& it) { line.part = read_part(it); });
  line.description = from.optional_text("description");
  // Only a line without a part may leave its quantity open.
  line.quantity =
      line.part ? std::optional(from.decimal("quantity")) : from.optional_decimal("quantity");
  line.unit_cost = from.optional_decimal("unit_cost");
  line.total = from.decimal("total");
  line.attributes = from.attributes("attributes");
  return line;
}

Fee read_fee(const ObjectReader& from) {
  return Fee{from.identifier("id"), from.text("name"), from.decimal("amount")};
}

PurchaseOrder read_order(const ObjectReader& from) {
  constexpr const char* statuses[] = {"ordered", "closed", "cancelled"};
  PurchaseOrder order;
  order.id = from.identifier("id");
  order.number = from.text("number");
  order.version = from.integer("version");
  order.status = static_cast<PurchaseOrderStatus>(from.choice("status", statuses));
  order.currency = from.currency("currency");
  order.exchange_rate = from.optional_decimal("exchange_rate");
  order.ordered_on = from.optional_date("ordered_on");
  order.due_on = from.optional_date("due_on");
  order.memo = from.optional_text("memo");
  order.reference = from.optional_text("reference");
  order.supplier = from.object("supplier", read_supplier);
  from.optional_object("ship_to",
                       [&](const ObjectReader& it) { order.ship_to = read_address(it); });
  if (!from.has("lines")) from.refuse("lines", "is missing: it must be an array");
  from.array("lines", [&](const ObjectReader& it) { order.lines.push_back(read_line(it)); });
  from.array("fees", [&](const ObjectReader& it) { order.fees.push_back(read_fee(it)); });
  return order;
}

Receipt read_receipt(const ObjectReader& from) {
  Receipt receipt;
  receipt.id = from.identifier("id");
  receipt.number = from.text("number");
  receipt.received_on = from.optional_date("received_on");
  receipt.complete = from.boolean("complete");
  receipt.order = from.object("purchase_order", read_order);
  if (!from.has("lines")) from.refuse("lines", "is missing: it must be an array");
  from.array("lines", [&](const ObjectReader& it) {
    receipt.lines.push_back(ReceiptLine{it.identifier("po_line_id"), it.decimal("quantity")});
  });
  return receipt;
}

Event read_event(const ObjectReader& from) {
  constexpr const char* kinds[] = {"part_saved",   "po_ordered",        "po_received",
                                   "po_cancelled", "receipt_corrected", "supplier_saved"};
  Event event;
  if (from.has("event_id")) event.event_id = from.identifier("event_id");
  event.occurred_at = from.instant("occurred_at");
  event.actor = from.optional_text("actor");
  event.kind = static_cast<EventKind>(from.choice("kind", kinds));
  switch (event.kind) {
  case EventKind::part_saved:
    event.document = from.object("part", read_part);
    break;
  case EventKind::po_ordered:
    event.document = from.object("purchase_order", read_order);
    break;
  case EventKind::po_received:
  case EventKind::receipt_corrected:
    event.document = from.object("receipt", read_receipt);
    break;
  case EventKind::po_cancelled:
    event.document =
        Cancellation{from.object("purchase_order", read_order), from.optional_text("reason")};
    break;
  case EventKind::supplier_saved:
    event.document = from.object("supplier", read_supplier);
    break;
  }
  return event;
}

// What a report can call the line by, however broken the rest is.
std::string event_id_in(const nlohmann::json& tree) {
  if (!tree.is_object()) return {};
  const auto found = tree.find("event_id");
  return found != tree.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

tl::expected<Event, JsonProblem> event_from_json(std::string_view text) {
  nlohmann::json tree;
  Reading reading;
  Event event;
  reading.problem = parse_json_tree(text, tree);
  if (!reading.problem) event = read_event(ObjectReader(reading, &tree, Path()));
  if (reading.problem) {
    reading.problem->event_id = event_id_in(tree);
    return tl::unexpected(*std::move(reading.problem));
  }
  return event;
}

} // namespace erp
