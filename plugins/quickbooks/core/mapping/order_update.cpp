#include "core/mapping/order_update.hpp"

#include "core/mapping/standing.hpp"

namespace qb::mapping {
namespace {

// Members of a PurchaseOrder that may be written (Intuit, PurchaseOrder; confirmed but for
// DepartmentRef). TxnTaxDetail is not among them: it is the tax on the former amounts, and would
// stay fixed if it were sent.
constexpr const char* writable_members[] = {
    "VendorRef",   "APAccountRef", "CurrencyRef", "ExchangeRate",  "GlobalTaxCalculation",
    "DocNumber",   "TxnDate",      "DueDate",     "Memo",          "PrivateNote",
    "VendorAddr",  "ShipAddr",     "ShipTo",      "ShipMethodRef", "POEmail",
    "EmailStatus", "POStatus",     "ClassRef",    "DepartmentRef", "SalesTermRef",
    "CustomField"};

// Ours even where the host has none any more. Addresses are not: where we send none QuickBooks
// fills in the vendor's and the company's.
constexpr const char* cleared_members[] = {"DueDate", "Memo"};

} // namespace

qbo::Value carried_over(const Written& written, const qbo::Value& standing) {
  return carried_over(written, standing, writable_members);
}

qbo::Value updated_order(const qbo::Value& ours, const Written& written,
                         const qbo::Value& standing) {
  qbo::Value update = carried_over(written, standing);
  for (const char* member : cleared_members)
    update.erase(member);
  return laid_over(std::move(update), ours);
}

} // namespace qb::mapping
