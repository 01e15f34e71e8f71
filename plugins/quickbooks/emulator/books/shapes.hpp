#pragma once
#include "schema.hpp"

namespace emulator::books {

// Types that several entities share.
const Shape& physical_address_shape();
const Shape& email_address_shape();
const Shape& telephone_shape();
const Shape& web_address_shape();
const Shape& custom_field_shape();
const Shape& linked_txn_shape();
const Shape& name_value_shape();
const Shape& purchase_line_shape();
const Shape& txn_tax_detail_shape();

// Entities; adding one means a shape here and a line in catalog.cpp.
const Shape& company_info_shape();
const Shape& preferences_shape();
const Shape& account_shape();
const Shape& item_shape();
const Shape& vendor_shape();
const Shape& customer_shape();
const Shape& department_shape();
const Shape& class_shape();
const Shape& term_shape();
const Shape& tax_code_shape();
const Shape& tax_rate_shape();
const Shape& purchase_order_shape();
const Shape& bill_shape();
const Shape& bill_payment_shape();

/// AccountType values of QuickBooks Online, written with blanks.
std::span<const std::string_view> account_types();

/// Short forms for writing the tables.
namespace table {
using namespace trait;
inline Property text(std::string_view name, std::size_t max = 0, unsigned traits = 0) {
  return {.name = name, .kind = Kind::text, .traits = traits, .length_max = max};
}
inline Property of(Kind kind, std::string_view name, unsigned traits = 0) {
  return {.name = name, .kind = kind, .traits = traits};
}
inline Property flag(std::string_view name, unsigned traits = 0) {
  return of(Kind::boolean, name, traits);
}
inline Property decimal(std::string_view name, unsigned traits = 0) {
  return of(Kind::decimal, name, traits);
}
inline Property date(std::string_view name, unsigned traits = 0) {
  return of(Kind::date, name, traits);
}
inline Property code(std::string_view name, unsigned traits = 0) {
  return of(Kind::code, name, traits);
}
inline Property ref(std::string_view name, Entity target, unsigned traits = 0) {
  return {.name = name, .kind = Kind::reference, .traits = traits, .target = target};
}
inline Property part(std::string_view name, const Shape& shape, unsigned traits = 0) {
  return {.name = name, .kind = Kind::object, .traits = traits, .shape = &shape};
}
inline Property list(std::string_view name, const Shape& shape, unsigned traits = 0) {
  return {.name = name, .kind = Kind::list, .traits = traits, .shape = &shape};
}
inline Property choice(std::string_view name, std::span<const std::string_view> choices,
                       unsigned traits = 0) {
  return {.name = name, .kind = Kind::choice, .traits = traits, .choices = choices};
}
} // namespace table

} // namespace emulator::books
