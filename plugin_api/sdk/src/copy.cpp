#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/canonical_json.hpp"

#include "currency.hpp"
#include "open_struct.hpp"
#include "utf8.hpp"

#include <cstring>

// The plugin's direction: C++ values out of borrowed C structs. Every field of 1.0 is there once
// struct_size says so; one that is added later must be read behind ERP_HAS.
namespace erp {
namespace {

std::optional<std::string> optional_text(const erp_str& text, const Path& path) {
  if (text.ptr == nullptr) return std::nullopt;
  if (text.len > text_length_max_bytes) broken(path, "is longer than 1 MiB");
  if (!is_utf8(view(text))) broken(path, "is not UTF-8");
  return std::string(text.ptr, text.len);
}

std::string required_text(const erp_str& text, const Path& path) {
  auto copied = optional_text(text, path);
  if (!copied) broken(path, "is absent");
  return *std::move(copied);
}

std::string identifier(const erp_str& text, const Path& path) {
  std::string copied = required_text(text, path);
  if (copied.empty()) broken(path, "is empty");
  return copied;
}

std::optional<Decimal> optional_decimal(const erp_decimal& value, const Path& path) {
  if (value.scale == ERP_DECIMAL_ABSENT) return std::nullopt;
  const auto decimal = Decimal::from_c(value);
  if (!decimal) broken(path, "is no number: its scale is not from 0 to 18");
  return decimal;
}

Decimal required_decimal(const erp_decimal& value, const Path& path) {
  const auto decimal = optional_decimal(value, path);
  if (!decimal) broken(path, "is absent");
  return *decimal;
}

std::string currency_code(const char (&currency)[4], const Path& path) {
  const std::string code(currency, 3);
  if (currency[3] != '\0' || !is_currency(code)) broken(path, "is no three-letter currency code");
  return code;
}

std::optional<Decimal> optional_amount(const erp_money& money, const std::string& currency,
                                       const Path& path) {
  const auto amount = optional_decimal(money.amount, path);
  if (amount && std::memcmp(money.currency, currency.c_str(), sizeof money.currency) != 0)
    broken(path, "is in another currency than its order");
  return amount;
}

Decimal required_amount(const erp_money& money, const std::string& currency, const Path& path) {
  const auto amount = optional_amount(money, currency, path);
  if (!amount) broken(path, "is absent");
  return *amount;
}

std::optional<Date> optional_date(const erp_date& date, const Path& path) {
  if (date.month == 0) return std::nullopt;
  const Date copied{date.year, date.month, date.day};
  if (date.year < 1 || date.year > 9999 || !parse_date(to_string(copied)))
    broken(path, "is no day of the calendar");
  return copied;
}

std::string instant_text(erp_instant instant, const Path& path) {
  if (!is_representable(instant)) broken(path, "is outside the years 1 to 9999");
  return to_rfc3339(instant);
}

std::optional<std::string> attribute_text(const erp_value& value, const Path& path) {
  switch (value.kind) {
  case ERP_VALUE_BOOL:
    return value.as.integer != 0 ? "true" : "false";
  case ERP_VALUE_INT:
    return std::to_string(value.as.integer);
  case ERP_VALUE_DECIMAL: {
    const auto decimal = optional_decimal(value.as.decimal, path);
    return decimal ? std::optional(decimal->to_string()) : std::nullopt;
  }
  case ERP_VALUE_STRING:
    return optional_text(value.as.text, path);
  case ERP_VALUE_DATE: {
    const auto date = optional_date(value.as.date, path);
    return date ? std::optional(to_string(*date)) : std::nullopt;
  }
  case ERP_VALUE_INSTANT:
    return value.as.instant == ERP_INSTANT_ABSENT
               ? std::nullopt
               : std::optional(instant_text(value.as.instant, path));
  default: // null, or a kind of a later version
    return std::nullopt;
  }
}

Attributes copy_attributes(const erp_attrs& attributes, const Path& path) {
  Attributes copied;
  if (attributes.count != 0 && attributes.items == nullptr) broken(path, "is null");
  for (std::size_t i = 0; i < attributes.count; ++i) {
    const Path here = path.element(i);
    const erp_attr& attribute = attributes.items[i];
    const bool is_new = copied
                            .emplace(required_text(attribute.key, here.member("key")),
                                     attribute_text(attribute.value, here))
                            .second;
    if (!is_new) broken(here, "has the key of an earlier one");
  }
  return copied;
}

Part copy_part(const erp_part* borrowed, const Path& path) {
  const erp_part& part = checked(borrowed, path);
  Part copied;
  copied.id = identifier(part.id, path.member("id"));
  copied.number = required_text(part.number, path.member("number"));
  copied.revision = optional_text(part.revision, path.member("revision"));
  copied.description = optional_text(part.description, path.member("description"));
  copied.kind = part.kind == ERP_PART_NON_STOCKED ? PartKind::non_stocked
                : part.kind == ERP_PART_SERVICE   ? PartKind::service
                                                  : PartKind::stocked;
  copied.active = part.active != 0;
  return copied;
}

std::optional<Address> copy_address(const erp_address* borrowed, const Path& path) {
  if (borrowed == nullptr) return std::nullopt;
  const erp_address& address = checked(borrowed, path);
  Address copied;
  copied.name = optional_text(address.name, path.member("name"));
  copied.line1 = optional_text(address.line1, path.member("line1"));
  copied.line2 = optional_text(address.line2, path.member("line2"));
  copied.city = optional_text(address.city, path.member("city"));
  copied.region = optional_text(address.region, path.member("region"));
  copied.postal_code = optional_text(address.postal_code, path.member("postal_code"));
  copied.country = optional_text(address.country, path.member("country"));
  return copied;
}

Supplier copy_supplier(const erp_supplier* borrowed, const Path& path) {
  const erp_supplier& supplier = checked(borrowed, path);
  Supplier copied;
  copied.id = identifier(supplier.id, path.member("id"));
  copied.name = required_text(supplier.name, path.member("name"));
  copied.email = optional_text(supplier.email, path.member("email"));
  if (supplier.currency[0] != '\0')
    copied.currency = currency_code(supplier.currency, path.member("currency"));
  copied.address = copy_address(supplier.address, path.member("address"));
  return copied;
}

PurchaseOrderLine copy_line(const erp_po_line& line, const std::string& currency,
                            const Path& path) {
  PurchaseOrderLine copied;
  copied.id = identifier(line.id, path.member("id"));
  if (line.part != nullptr) copied.part = copy_part(line.part, path.member("part"));
  copied.description = optional_text(line.description, path.member("description"));
  copied.quantity = optional_decimal(line.quantity, path.member("quantity"));
  if (copied.part && !copied.quantity)
    broken(path.member("quantity"), "is absent, which only a line without a part may have");
  copied.unit_cost = optional_amount(line.unit_cost, currency, path.member("unit_cost"));
  copied.total = required_amount(line.total, currency, path.member("total"));
  copied.attributes = copy_attributes(line.attributes, path.member("attributes"));
  return copied;
}

PurchaseOrder copy_order(const erp_purchase_order* borrowed, const Path& path) {
  const erp_purchase_order& order = checked(borrowed, path);
  PurchaseOrder copied;
  copied.id = identifier(order.id, path.member("id"));
  copied.number = required_text(order.number, path.member("number"));
  copied.version = order.version;
  copied.status = order.status == ERP_PO_CLOSED      ? PurchaseOrderStatus::closed
                  : order.status == ERP_PO_CANCELLED ? PurchaseOrderStatus::cancelled
                                                     : PurchaseOrderStatus::ordered;
  copied.currency = currency_code(order.currency, path.member("currency"));
  copied.exchange_rate = optional_decimal(order.exchange_rate, path.member("exchange_rate"));
  copied.ordered_on = optional_date(order.ordered_on, path.member("ordered_on"));
  copied.due_on = optional_date(order.due_on, path.member("due_on"));
  copied.memo = optional_text(order.memo, path.member("memo"));
  copied.reference = optional_text(order.reference, path.member("reference"));
  copied.supplier = copy_supplier(order.supplier, path.member("supplier"));
  copied.ship_to = copy_address(order.ship_to, path.member("ship_to"));
  const Path lines = path.member("lines");
  each(order.lines, order.line_count, lines, [&](const erp_po_line& line, const Path& here) {
    copied.lines.push_back(copy_line(line, copied.currency, here));
  });
  const Path fees = path.member("fees");
  each(order.fees, order.fee_count, fees, [&](const erp_fee& fee, const Path& here) {
    copied.fees.push_back(Fee{identifier(fee.id, here.member("id")),
                              required_text(fee.name, here.member("name")),
                              required_amount(fee.amount, copied.currency, here.member("amount"))});
  });
  return copied;
}

} // namespace

Part copy(const erp_part& part) {
  return copy_part(&part, Path("part"));
}

Supplier copy(const erp_supplier& supplier) {
  return copy_supplier(&supplier, Path("supplier"));
}

PurchaseOrder copy(const erp_purchase_order& order) {
  return copy_order(&order, Path("purchase_order"));
}

Receipt copy(const erp_receipt& borrowed) {
  const Path path("receipt");
  const erp_receipt& receipt = checked(&borrowed, path);
  Receipt copied;
  copied.id = identifier(receipt.id, path.member("id"));
  copied.number = required_text(receipt.number, path.member("number"));
  copied.received_on = optional_date(receipt.received_on, path.member("received_on"));
  copied.complete = receipt.complete != 0;
  copied.order = copy_order(receipt.order, path.member("purchase_order"));
  const Path lines = path.member("lines");
  each(receipt.lines, receipt.line_count, lines,
       [&](const erp_receipt_line& line, const Path& here) {
         copied.lines.push_back(
             ReceiptLine{identifier(line.po_line_id, here.member("po_line_id")),
                         required_decimal(line.quantity, here.member("quantity"))});
       });
  return copied;
}

Cancellation copy(const erp_purchase_order& order, const erp_str& reason) {
  return Cancellation{copy(order), optional_text(reason, Path("reason"))};
}

Envelope copy(const erp_event& borrowed) {
  const Path path;
  const erp_event& event = checked(&borrowed, Path("event"));
  Envelope copied;
  copied.event_id = identifier(event.event_id, path.member("event_id"));
  copied.sequence = event.sequence;
  copied.attempt = event.attempt;
  if (!is_representable(event.occurred_at))
    broken(path.member("occurred_at"), "is outside the years 1 to 9999");
  copied.occurred_at = event.occurred_at;
  copied.actor = optional_text(event.actor, path.member("actor"));
  return copied;
}

} // namespace erp
