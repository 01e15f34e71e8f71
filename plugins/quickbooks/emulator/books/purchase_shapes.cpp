#include "shapes.hpp"

#include <array>

namespace emulator::books {
namespace {

using std::string_view;

constexpr std::array<string_view, 3> tax_calculations = {"TaxExcluded", "TaxInclusive",
                                                         "NotApplicable"};
constexpr std::array<string_view, 2> order_states = {"Open", "Closed"};
constexpr std::array<string_view, 3> email_states = {"NotSet", "NeedToSend", "EmailSent"};

const Shape& tax_rate_detail_shape() {
  using namespace table;
  static const Shape shape{"TaxRateDetail",
                           {ref("TaxRateRef", Entity::tax_rate), text("TaxTypeApplicable"),
                            of(Kind::integer, "TaxOrder")},
                           {"TaxOnTaxOrder"}};
  return shape;
}

const Shape& tax_rate_list_shape() {
  using namespace table;
  static const Shape shape{
      "TaxRateList", {list("TaxRateDetail", tax_rate_detail_shape())}, {"originatingGroupId"}};
  return shape;
}

} // namespace

const Shape& purchase_order_shape() {
  using namespace table;
  static const Shape shape{"PurchaseOrder",
                           {list("CustomField", custom_field_shape()),
                            text("DocNumber", 21, filterable),
                            date("TxnDate", sticky | filterable),
                            ref("DepartmentRef", Entity::department),
                            code("CurrencyRef"),
                            decimal("ExchangeRate"),
                            text("PrivateNote", 4000),
                            list("LinkedTxn", linked_txn_shape(), read_only),
                            list("Line", purchase_line_shape(), required),
                            part("TxnTaxDetail", txn_tax_detail_shape()),
                            ref("VendorRef", Entity::vendor, required),
                            ref("APAccountRef", Entity::account),
                            decimal("TotalAmt", read_only),
                            text("Memo", 4000),
                            choice("GlobalTaxCalculation", tax_calculations),
                            ref("ClassRef", Entity::class_),
                            ref("SalesTermRef", Entity::term),
                            date("DueDate", filterable),
                            part("VendorAddr", physical_address_shape()),
                            ref("ShipTo", Entity::customer),
                            part("ShipAddr", physical_address_shape()),
                            code("ShipMethodRef"),
                            part("POEmail", email_address_shape()),
                            choice("EmailStatus", email_states),
                            choice("POStatus", order_states)},
                           {"TxnSubType",
                            "TxnStatus",
                            "TxnSource",
                            "TaxFormType",
                            "TaxFormNum",
                            "TransactionLocationType",
                            "Tag",
                            "TxnApprovalInfo",
                            "RecurDataRef",
                            "RecurringInfo",
                            "ProjectRef",
                            "TotalCostAmount",
                            "HomeTotalCostAmount",
                            "BillEmail",
                            "ReplyEmail",
                            "TaxCodeRef",
                            "ReimbursableInfoRef",
                            "ExpectedDate",
                            "DropShipToEntity",
                            "InventorySiteRef",
                            "FOB",
                            "TemplateRef",
                            "PrintStatus",
                            "ManuallyClosed",
                            "PurchaseOrderEx"}};
  return shape;
}

const Shape& bill_shape() {
  using namespace table;
  static const Shape shape{
      "Bill",
      {text("DocNumber", 21, filterable), date("TxnDate", sticky | filterable),
       ref("DepartmentRef", Entity::department), code("CurrencyRef"), decimal("ExchangeRate"),
       text("PrivateNote", 4000), list("LinkedTxn", linked_txn_shape()),
       list("Line", purchase_line_shape(), required), part("TxnTaxDetail", txn_tax_detail_shape()),
       ref("VendorRef", Entity::vendor, required | filterable),
       ref("APAccountRef", Entity::account, filterable),
       decimal("TotalAmt", read_only | filterable),
       choice("GlobalTaxCalculation", tax_calculations),
       ref("SalesTermRef", Entity::term, filterable), date("DueDate", filterable),
       part("VendorAddr", physical_address_shape()), decimal("Balance", read_only | filterable),
       decimal("HomeBalance", read_only), flag("IncludeInAnnualTPAR")},
      {"CustomField",
       "TxnSubType",
       "TxnStatus",
       "TxnSource",
       "TaxFormType",
       "TaxFormNum",
       "TransactionLocationType",
       "Tag",
       "TxnApprovalInfo",
       "RecurDataRef",
       "RecurringInfo",
       "ProjectRef",
       "TotalCostAmount",
       "HomeTotalCostAmount",
       "BillEmail",
       "ReplyEmail",
       "Memo",
       "PayerRef",
       "RemitToAddr",
       "ShipAddr",
       "BillEx",
       "LessCIS"}};
  return shape;
}

const Shape& tax_code_shape() {
  using namespace table;
  static const Shape shape{
      "TaxCode",
      {text("Name", 100, filterable), text("Description", 100, filterable),
       flag("Active", sticky | filterable), flag("Hidden", filterable), flag("Taxable"),
       flag("TaxGroup"), part("SalesTaxRateList", tax_rate_list_shape()),
       part("PurchaseTaxRateList", tax_rate_list_shape()), text("TaxCodeConfigType")},
      {"CustomField", "AdjustmentTaxRateList", "TaxCodeEx"}};
  return shape;
}

const Shape& tax_rate_shape() {
  using namespace table;
  static const Shape shape{"TaxRate",
                           {text("Name", 100, filterable), text("Description", 100, filterable),
                            flag("Active", sticky | filterable), decimal("RateValue"),
                            code("AgencyRef", filterable), text("SpecialTaxType"),
                            text("DisplayType")},
                           {"CustomField", "TaxReturnLineRef", "EffectiveTaxRate", "TaxRateEx"}};
  return shape;
}

} // namespace emulator::books
