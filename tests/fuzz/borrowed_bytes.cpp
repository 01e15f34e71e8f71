#include "borrowed_bytes.hpp"

namespace fuzz {

erp_str BorrowedBytes::text() {
  const unsigned kind = bytes_.below(16);
  if (kind == 0) return {nullptr, 0};
  if (kind == 1) return {static_cast<char*>(block(0)), 0};
  if (kind == 2) return {static_cast<char*>(block(1)), SIZE_MAX >> bytes_.below(43)};
  if (kind == 3) return {nullptr, 12}; // absent, whatever its length says
  const std::string_view taken = bytes_.text(bytes_.below(64));
  auto* const place = static_cast<char*>(block(taken.size()));
  std::copy(taken.begin(), taken.end(), place);
  return {place, taken.size()};
}

erp_decimal BorrowedBytes::decimal() {
  erp_decimal decimal{};
  const unsigned kind = bytes_.below(8);
  if (kind == 0) decimal.scale = ERP_DECIMAL_ABSENT;
  if (kind == 0) return decimal;
  if (kind < 6) {
    decimal.coefficient = bytes_.number<std::int16_t>();
    decimal.scale = static_cast<std::int32_t>(bytes_.below(19));
  } else {
    decimal.coefficient = bytes_.number<std::int64_t>();
    decimal.scale = bytes_.number<std::int8_t>();
  }
  return decimal;
}

void BorrowedBytes::currency(char (&code)[4]) {
  constexpr const char* known[] = {"USD", "EUR", "JPY"};
  const unsigned kind = bytes_.below(8);
  if (kind < 6)
    std::memcpy(code, known[kind / 2], 4);
  else if (kind == 7)
    for (char& c : code)
      c = bytes_.number<char>();
}

erp_money BorrowedBytes::money(const char (&currency_of_order)[4]) {
  erp_money money{};
  money.amount = decimal();
  std::memcpy(money.currency, currency_of_order, 4);
  if (bytes_.below(16) == 15) currency(money.currency);
  return money;
}

erp_date BorrowedBytes::date() {
  erp_date date{};
  const unsigned kind = bytes_.below(8);
  if (kind == 0) return date;
  date.year = kind == 7 ? bytes_.number<std::int32_t>() : 2000 + static_cast<int>(bytes_.below(30));
  date.month = static_cast<std::uint8_t>(bytes_.below(14));
  date.day = static_cast<std::uint8_t>(bytes_.below(33));
  return date;
}

erp_value BorrowedBytes::value() {
  erp_value value{};
  value.kind = static_cast<std::int32_t>(bytes_.below(9)) - 1;
  if (value.kind == ERP_VALUE_BOOL || value.kind == ERP_VALUE_INT)
    value.as.integer = bytes_.number<std::int64_t>();
  if (value.kind == ERP_VALUE_DECIMAL) value.as.decimal = decimal();
  if (value.kind == ERP_VALUE_STRING) value.as.text = text();
  if (value.kind == ERP_VALUE_DATE) value.as.date = date();
  if (value.kind == ERP_VALUE_INSTANT) value.as.instant = bytes_.number<std::int64_t>();
  return value;
}

erp_attrs BorrowedBytes::attributes() {
  const unsigned count = bytes_.below(5);
  if (count == 4) return {nullptr, SIZE_MAX >> bytes_.below(64)};
  auto* const items = static_cast<erp_attr*>(block(count * sizeof(erp_attr)));
  for (unsigned i = 0; i < count; ++i) {
    items[i].key = text();
    items[i].value = value();
  }
  return {items, count};
}

const erp_part* BorrowedBytes::part() {
  erp_part part{};
  part.kind = static_cast<std::int32_t>(bytes_.below(5));
  part.id = text();
  part.number = text();
  part.revision = text();
  part.description = text();
  part.active = static_cast<std::int32_t>(bytes_.below(3));
  return lent(part);
}

const erp_address* BorrowedBytes::address() {
  if (bytes_.below(2) == 0) return nullptr;
  erp_address address{};
  for (erp_str* const field : {&address.name, &address.line1, &address.line2, &address.city,
                               &address.region, &address.postal_code, &address.country})
    *field = text();
  return lent(address);
}

const erp_supplier* BorrowedBytes::supplier() {
  erp_supplier supplier{};
  currency(supplier.currency);
  supplier.id = text();
  supplier.name = text();
  supplier.email = text();
  supplier.address = address();
  return lent(supplier);
}

const erp_po_line* BorrowedBytes::line(const char (&currency_of_order)[4]) {
  erp_po_line line{};
  line.id = text();
  if (bytes_.below(2) == 1) line.part = part();
  line.description = text();
  line.quantity = decimal();
  line.unit_cost = money(currency_of_order);
  line.total = money(currency_of_order);
  line.attributes = attributes();
  return lent(line);
}

const erp_fee* BorrowedBytes::fee(const char (&currency_of_order)[4]) {
  erp_fee fee{};
  fee.id = text();
  fee.name = text();
  fee.amount = money(currency_of_order);
  return lent(fee);
}

const erp_purchase_order* BorrowedBytes::order() {
  erp_purchase_order order{};
  order.status = static_cast<std::int32_t>(bytes_.below(5));
  order.id = text();
  order.number = text();
  order.version = bytes_.number<std::int8_t>();
  currency(order.currency);
  order.exchange_rate = decimal();
  order.ordered_on = date();
  order.due_on = date();
  order.memo = text();
  order.reference = text();
  order.supplier = supplier();
  order.ship_to = address();
  order.lines = list<erp_po_line>(order.line_count, [&] { return line(order.currency); });
  order.fees = list<erp_fee>(order.fee_count, [&] { return fee(order.currency); });
  return lent(order);
}

const erp_receipt_line* BorrowedBytes::receipt_line() {
  erp_receipt_line line{};
  line.po_line_id = text();
  line.quantity = decimal();
  return lent(line);
}

const erp_receipt* BorrowedBytes::receipt() {
  erp_receipt receipt{};
  receipt.complete = static_cast<std::int32_t>(bytes_.below(3));
  receipt.id = text();
  receipt.number = text();
  receipt.received_on = date();
  receipt.order = order();
  receipt.lines = list<erp_receipt_line>(receipt.line_count, [&] { return receipt_line(); });
  return lent(receipt);
}

const erp_event* BorrowedBytes::event() {
  erp_event event{};
  event.attempt = bytes_.number<std::uint8_t>();
  event.sequence = bytes_.number<std::uint8_t>();
  event.event_id = text();
  event.occurred_at = bytes_.below(4) == 0 ? bytes_.number<std::int64_t>() : 1'800'000'000'000'000;
  event.actor = text();
  return lent(event);
}

} // namespace fuzz
