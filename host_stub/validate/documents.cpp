#include "validate/documents.hpp"

namespace host::validate {
namespace {

const erp_address* lend(Lent& lent, const erp_address& address) {
  erp_address copy = address;
  for (erp_str* const text : {&copy.name, &copy.line1, &copy.line2, &copy.city, &copy.region,
                              &copy.postal_code, &copy.country})
    *text = lent.text(*text);
  return lent.open(copy);
}

const erp_po_line* lend(Lent& lent, const erp_po_line& line) {
  erp_po_line copy = line;
  copy.id = lent.text(copy.id);
  copy.description = lent.text(copy.description);
  if (copy.part) copy.part = lend(lent, *copy.part);
  std::vector<erp_attr> attributes(line.attributes.items,
                                   line.attributes.items + line.attributes.count);
  for (erp_attr& one : attributes) {
    one.key = lent.text(one.key);
    if (one.value.kind == ERP_VALUE_STRING) one.value.as.text = lent.text(one.value.as.text);
  }
  if (!attributes.empty()) copy.attributes.items = lent.array(attributes.data(), attributes.size());
  return lent.open(copy);
}

const erp_fee* lend(Lent& lent, const erp_fee& fee) {
  erp_fee copy = fee;
  copy.id = lent.text(copy.id);
  copy.name = lent.text(copy.name);
  return lent.open(copy);
}

const erp_receipt_line* lend(Lent& lent, const erp_receipt_line& line) {
  erp_receipt_line copy = line;
  copy.po_line_id = lent.text(copy.po_line_id);
  return lent.open(copy);
}

template <class T>
const T* const* lend_list(Lent& lent, const T* const* items, std::size_t count) {
  std::vector<const T*> copies;
  for (std::size_t i = 0; i < count; ++i)
    copies.push_back(lend(lent, *items[i]));
  return lent.array(copies.data(), copies.size());
}

} // namespace

Sample::Sample(const std::string& number) {
  part = {"P-" + number, "820412-001", "B", "Bracket", erp::PartKind::stocked, true};
  supplier.id = "S-7";
  supplier.name = "Hicks Hardware";
  supplier.email = "orders@example.com";
  supplier.currency = "USD";
  supplier.address = erp::Address{{}, "1 Example Street", {}, "Springfield", "IL", "62701", "US"};
  order.id = number;
  order.number = number;
  order.version = 1;
  order.currency = "USD";
  order.exchange_rate = erp::Decimal(1, 0);
  order.ordered_on = erp::Date{2026, 11, 20};
  order.due_on = erp::Date{2026, 12, 4};
  order.memo = "Deliver to dock 2";
  order.reference = "Job 77";
  order.supplier = supplier;
  order.ship_to = supplier.address;
  erp::PurchaseOrderLine line;
  line.id = "1";
  line.part = part;
  line.description = "Bracket";
  line.quantity = erp::Decimal(10, 0);
  line.unit_cost = erp::Decimal(125, 1);
  line.total = erp::Decimal(125, 0);
  line.attributes = {{"Expense Code", "Tooling"}};
  order.lines = {line};
  order.fees = {{"f1", "Shipping", erp::Decimal(15, 0)}};
  receipt.id = "R-" + number;
  receipt.number = "R-" + number;
  receipt.received_on = erp::Date{2026, 11, 27};
  receipt.lines = {{"1", erp::Decimal(4, 0)}};
}

Documents Sample::documents() {
  erp::Borrowing& borrowing = borrowings_.emplace_back();
  receipt.order = order;
  const erp::Receipt& told = receipts_.emplace_back(receipt);
  return {*borrowing.part(part), *borrowing.purchase_order(told.order), *borrowing.receipt(told),
          *borrowing.supplier(supplier), erp::borrow("no longer needed")};
}

const erp_part* lend(Lent& lent, const erp_part& part) {
  erp_part copy = part;
  for (erp_str* const text : {&copy.id, &copy.number, &copy.revision, &copy.description})
    *text = lent.text(*text);
  return lent.open(copy);
}

const erp_supplier* lend(Lent& lent, const erp_supplier& supplier) {
  erp_supplier copy = supplier;
  for (erp_str* const text : {&copy.id, &copy.name, &copy.email})
    *text = lent.text(*text);
  if (copy.address) copy.address = lend(lent, *copy.address);
  return lent.open(copy);
}

const erp_purchase_order* lend(Lent& lent, const erp_purchase_order& order) {
  erp_purchase_order copy = order;
  for (erp_str* const text : {&copy.id, &copy.number, &copy.memo, &copy.reference})
    *text = lent.text(*text);
  copy.supplier = lend(lent, *copy.supplier);
  if (copy.ship_to) copy.ship_to = lend(lent, *copy.ship_to);
  copy.lines = lend_list(lent, order.lines, order.line_count);
  copy.fees = lend_list(lent, order.fees, order.fee_count);
  return lent.open(copy);
}

const erp_receipt* lend(Lent& lent, const erp_receipt& receipt) {
  erp_receipt copy = receipt;
  copy.id = lent.text(copy.id);
  copy.number = lent.text(copy.number);
  copy.order = lend(lent, *copy.order);
  copy.lines = lend_list(lent, receipt.lines, receipt.line_count);
  return lent.open(copy);
}

const erp_event* lend(Lent& lent, const erp_event& event) {
  erp_event copy = event;
  copy.event_id = lent.text(copy.event_id);
  copy.actor = lent.text(copy.actor);
  return lent.open(copy);
}

} // namespace host::validate
