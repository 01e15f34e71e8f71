#include "erp/sdk/borrowed.hpp"

#include <cstring>

// The host's direction: C structs that point into C++ values.
namespace erp {
namespace {

constexpr erp_decimal absent_decimal = {0, ERP_DECIMAL_ABSENT, 0};

template <class Struct>
constexpr std::uint32_t size_of = static_cast<std::uint32_t>(sizeof(Struct));

void set_currency(char (&target)[4], const std::string& currency) {
  if (currency.size() != 3)
    throw BrokenContract{"currency must have three letters: \"" + currency + "\""};
  std::memcpy(target, currency.data(), 3);
  target[3] = '\0';
}

erp_money money(const std::optional<Decimal>& amount, const std::string& currency) {
  erp_money result{};
  result.amount = amount ? amount->to_c() : absent_decimal;
  set_currency(result.currency, currency);
  return result;
}

erp_date c_date(const std::optional<Date>& date) {
  if (!date) return erp_date{};
  return erp_date{date->year, static_cast<std::uint8_t>(date->month),
                  static_cast<std::uint8_t>(date->day), 0};
}

std::int32_t c_kind(PartKind kind) {
  switch (kind) {
  case PartKind::stocked:
    return ERP_PART_STOCKED;
  case PartKind::non_stocked:
    return ERP_PART_NON_STOCKED;
  case PartKind::service:
    return ERP_PART_SERVICE;
  }
  return ERP_PART_STOCKED;
}

std::int32_t c_status(PurchaseOrderStatus status) {
  switch (status) {
  case PurchaseOrderStatus::ordered:
    return ERP_PO_ORDERED;
  case PurchaseOrderStatus::closed:
    return ERP_PO_CLOSED;
  case PurchaseOrderStatus::cancelled:
    return ERP_PO_CANCELLED;
  }
  return ERP_PO_ORDERED;
}

std::vector<erp_attr> c_attributes(const Attributes& attributes) {
  std::vector<erp_attr> result;
  result.reserve(attributes.size());
  for (const auto& [key, text] : attributes) {
    erp_attr attribute{};
    attribute.key = borrow(key);
    attribute.value.kind = text ? ERP_VALUE_STRING : ERP_VALUE_NULL;
    if (text) attribute.value.as.text = borrow(*text);
    result.push_back(attribute);
  }
  return result;
}

} // namespace

const erp_part* Borrowing::part(const Part& part) {
  erp_part& c = parts_.emplace_back();
  c.struct_size = size_of<erp_part>;
  c.kind = c_kind(part.kind);
  c.id = borrow(part.id);
  c.number = borrow(part.number);
  c.revision = borrow_or_absent(part.revision);
  c.description = borrow_or_absent(part.description);
  c.active = part.active ? 1 : 0;
  return &c;
}

const erp_address* Borrowing::address(const Address& address) {
  erp_address& c = addresses_.emplace_back();
  c.struct_size = size_of<erp_address>;
  c.name = borrow_or_absent(address.name);
  c.line1 = borrow_or_absent(address.line1);
  c.line2 = borrow_or_absent(address.line2);
  c.city = borrow_or_absent(address.city);
  c.region = borrow_or_absent(address.region);
  c.postal_code = borrow_or_absent(address.postal_code);
  c.country = borrow_or_absent(address.country);
  return &c;
}

const erp_supplier* Borrowing::supplier(const Supplier& supplier) {
  erp_supplier& c = suppliers_.emplace_back();
  c.struct_size = size_of<erp_supplier>;
  if (supplier.currency) set_currency(c.currency, *supplier.currency);
  c.id = borrow(supplier.id);
  c.name = borrow(supplier.name);
  c.email = borrow_or_absent(supplier.email);
  c.address = supplier.address ? address(*supplier.address) : nullptr;
  return &c;
}

const erp_purchase_order* Borrowing::purchase_order(const PurchaseOrder& order) {
  auto& lines = line_lists_.emplace_back();
  for (const PurchaseOrderLine& line : order.lines) {
    erp_po_line& c = lines_.emplace_back();
    c.struct_size = size_of<erp_po_line>;
    c.id = borrow(line.id);
    c.part = line.part ? part(*line.part) : nullptr;
    c.description = borrow_or_absent(line.description);
    c.quantity = line.quantity ? line.quantity->to_c() : absent_decimal;
    c.unit_cost = money(line.unit_cost, order.currency);
    c.total = money(line.total, order.currency);
    const auto& attributes = attributes_.emplace_back(c_attributes(line.attributes));
    c.attributes = erp_attrs{attributes.data(), attributes.size()};
    lines.push_back(&c);
  }
  auto& fees = fee_lists_.emplace_back();
  for (const Fee& fee : order.fees) {
    erp_fee& c = fees_.emplace_back();
    c.struct_size = size_of<erp_fee>;
    c.id = borrow(fee.id);
    c.name = borrow(fee.name);
    c.amount = money(fee.amount, order.currency);
    fees.push_back(&c);
  }
  erp_purchase_order& c = orders_.emplace_back();
  c.struct_size = size_of<erp_purchase_order>;
  c.status = c_status(order.status);
  c.id = borrow(order.id);
  c.number = borrow(order.number);
  c.version = order.version;
  set_currency(c.currency, order.currency);
  c.exchange_rate = order.exchange_rate ? order.exchange_rate->to_c() : absent_decimal;
  c.ordered_on = c_date(order.ordered_on);
  c.due_on = c_date(order.due_on);
  c.memo = borrow_or_absent(order.memo);
  c.reference = borrow_or_absent(order.reference);
  c.supplier = supplier(order.supplier);
  c.ship_to = order.ship_to ? address(*order.ship_to) : nullptr;
  c.lines = lines.data();
  c.line_count = lines.size();
  c.fees = fees.data();
  c.fee_count = fees.size();
  return &c;
}

const erp_receipt* Borrowing::receipt(const Receipt& receipt) {
  auto& lines = receipt_line_lists_.emplace_back();
  for (const ReceiptLine& line : receipt.lines) {
    erp_receipt_line& c = receipt_lines_.emplace_back();
    c.struct_size = size_of<erp_receipt_line>;
    c.po_line_id = borrow(line.po_line_id);
    c.quantity = line.quantity.to_c();
    lines.push_back(&c);
  }
  erp_receipt& c = receipts_.emplace_back();
  c.struct_size = size_of<erp_receipt>;
  c.complete = receipt.complete ? 1 : 0;
  c.id = borrow(receipt.id);
  c.number = borrow(receipt.number);
  c.received_on = c_date(receipt.received_on);
  c.order = purchase_order(receipt.order);
  c.lines = lines.data();
  c.line_count = lines.size();
  return &c;
}

} // namespace erp
