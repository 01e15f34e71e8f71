#include "schema.hpp"
#include "shapes.hpp"
#include "text.hpp"

#include <array>

namespace emulator::books {
namespace {

using Catalog = std::array<EntityInfo, entity_count>;

/// In the order of `Entity`.
const Catalog& catalog() {
  static const Catalog entries = {{
      {Entity::company_info, "CompanyInfo", "companyinfo", Family::singleton, &company_info_shape(),
       "", "", "", false},
      {Entity::preferences, "Preferences", "preferences", Family::singleton, &preferences_shape(),
       "", "", "", false},
      {Entity::account, "Account", "account", Family::list, &account_shape(), "Name", "Accounts",
       "", true},
      {Entity::item, "Item", "item", Family::list, &item_shape(), "Name", "Items", "", true},
      {Entity::vendor, "Vendor", "vendor", Family::list, &vendor_shape(), "DisplayName", "Names",
       "", true},
      {Entity::customer, "Customer", "customer", Family::list, &customer_shape(), "DisplayName",
       "Names", "", true},
      {Entity::department, "Department", "department", Family::list, &department_shape(), "Name",
       "Depts", "", true},
      {Entity::class_, "Class", "class", Family::list, &class_shape(), "Name", "Klasses", "", true},
      {Entity::term, "Term", "term", Family::list, &term_shape(), "Name", "Terms", "", true},
      {Entity::tax_code, "TaxCode", "taxcode", Family::system, &tax_code_shape(), "Name",
       "TaxCodes", "", false},
      {Entity::tax_rate, "TaxRate", "taxrate", Family::system, &tax_rate_shape(), "Name",
       "TaxRates", "", false},
      {Entity::purchase_order, "PurchaseOrder", "purchaseorder", Family::transaction,
       &purchase_order_shape(), "", "", "Purchase Order", true},
      {Entity::bill, "Bill", "bill", Family::transaction, &bill_shape(), "", "", "Bill", true},
      {Entity::bill_payment, "BillPayment", "billpayment", Family::transaction,
       &bill_payment_shape(), "", "", "Bill Payment", true},
  }};
  return entries;
}

} // namespace

const EntityInfo& info_of(Entity entity) {
  return catalog().at(static_cast<std::size_t>(entity));
}

const EntityInfo* entity_named(std::string_view name) {
  for (const auto& entry : catalog())
    if (same_ignoring_case(entry.name, name)) return &entry;
  return nullptr;
}

const EntityInfo* entity_at_path(std::string_view path) {
  for (const auto& entry : catalog())
    if (entry.path == path) return &entry;
  return nullptr;
}

} // namespace emulator::books
