#include "shapes.hpp"

#include <array>

namespace emulator::books {
namespace {

using std::string_view;

constexpr std::array<string_view, 3> billable_status = {"Billable", "NotBillable", "HasBeenBilled"};
constexpr std::array<string_view, 5> custom_field_types = {"StringType", "BooleanType",
                                                           "NumberType", "DateType", "NoneType"};
constexpr std::array<string_view, 17> line_detail_types = {
    "PaymentLineDetail",     "DiscountLineDetail",         "TaxLineDetail",
    "SalesItemLineDetail",   "ItemBasedExpenseLineDetail", "AccountBasedExpenseLineDetail",
    "ReimburseLineDetail",   "DepositLineDetail",          "PurchaseOrderItemLineDetail",
    "ItemReceiptLineDetail", "JournalEntryLineDetail",     "GroupLineDetail",
    "DescriptionOnly",       "SubTotalLineDetail",         "SalesOrderItemLineDetail",
    "TDSLineDetail",         "ItemAdjustmentLineDetail"};

const Shape& markup_info_shape() {
  using namespace table;
  static const Shape shape{"MarkupInfo",
                           {flag("PercentBased"), decimal("Value"), decimal("Percent")},
                           {"PriceLevelRef", "MarkUpIncomeAccountRef"}};
  return shape;
}

const Shape& item_detail_shape() {
  using namespace table;
  static const Shape shape{"ItemBasedExpenseLineDetail",
                           {choice("BillableStatus", billable_status), ref("ItemRef", Entity::item),
                            ref("CustomerRef", Entity::customer), ref("ClassRef", Entity::class_),
                            decimal("UnitPrice"), decimal("Qty"), code("TaxCodeRef"),
                            part("MarkupInfo", markup_info_shape()), decimal("TaxInclusiveAmt")},
                           {"UnitCostPrice", "RatePercent", "PriceLevelRef", "UOMRef",
                            "ItemAccountRef", "InventorySiteRef", "TaxClassificationRef",
                            "ItemBasedExpenseLineDetailEx"}};
  return shape;
}

const Shape& account_detail_shape() {
  using namespace table;
  static const Shape shape{"AccountBasedExpenseLineDetail",
                           {ref("CustomerRef", Entity::customer), ref("ClassRef", Entity::class_),
                            ref("AccountRef", Entity::account),
                            choice("BillableStatus", billable_status),
                            part("MarkupInfo", markup_info_shape()), decimal("TaxAmount"),
                            code("TaxCodeRef"), decimal("TaxInclusiveAmt")},
                           {"ExpenseDetailLineDetailEx"}};
  return shape;
}

const Shape& tax_line_detail_shape() {
  using namespace table;
  static const Shape shape{"TaxLineDetail",
                           {ref("TaxRateRef", Entity::tax_rate), flag("PercentBased"),
                            decimal("TaxPercent"), decimal("NetAmountTaxable"),
                            decimal("TaxInclusiveAmount")},
                           {"OverrideDeltaAmount", "ServiceDate", "TaxLineDetailEx"}};
  return shape;
}

const Shape& tax_line_shape() {
  using namespace table;
  static const Shape shape{"Line",
                           {of(Kind::id, "Id"), decimal("Amount"),
                            choice("DetailType", line_detail_types),
                            part("TaxLineDetail", tax_line_detail_shape())},
                           {"LineNum", "Description"}};
  return shape;
}

} // namespace

const Shape& physical_address_shape() {
  using namespace table;
  static const Shape shape{"PhysicalAddress",
                           {of(Kind::id, "Id", read_only), text("Line1", 500), text("Line2", 500),
                            text("Line3", 500), text("Line4", 500), text("Line5", 500),
                            text("City", 255), text("Country", 255),
                            text("CountrySubDivisionCode", 255), text("PostalCode", 30),
                            text("Lat", 0, read_only), text("Long", 0, read_only)},
                           {"CountryCode", "County", "PostalCodeSuffix", "Tag", "Note"}};
  return shape;
}

const Shape& email_address_shape() {
  using namespace table;
  static const Shape shape{"EmailAddress", {text("Address", 100)}, {"Default", "Tag"}};
  return shape;
}

const Shape& telephone_shape() {
  using namespace table;
  static const Shape shape{
      "TelephoneNumber",
      {text("FreeFormNumber", 30)},
      {"DeviceType", "CountryCode", "AreaCode", "ExchangeCode", "Extension", "Default", "Tag"}};
  return shape;
}

const Shape& web_address_shape() {
  using namespace table;
  static const Shape shape{"WebSiteAddress", {text("URI", 1000)}, {"Default", "Tag"}};
  return shape;
}

const Shape& custom_field_shape() {
  using namespace table;
  static const Shape shape{"CustomField",
                           {text("DefinitionId"), text("Name", 0, read_only),
                            choice("Type", custom_field_types), text("StringValue", 31)},
                           {"BooleanValue", "DateValue", "NumberValue"}};
  return shape;
}

const Shape& linked_txn_shape() {
  using namespace table;
  static const Shape shape{"LinkedTxn", {text("TxnId"), text("TxnType"), text("TxnLineId")}, {}};
  return shape;
}

const Shape& name_value_shape() {
  using namespace table;
  static const Shape shape{"NameValue", {text("Name"), text("Value")}, {}};
  return shape;
}

const Shape& purchase_line_shape() {
  using namespace table;
  static const Shape shape{"Line",
                           {of(Kind::id, "Id"), of(Kind::integer, "LineNum"),
                            text("Description", 4000), decimal("Amount"),
                            decimal("Received", read_only), list("LinkedTxn", linked_txn_shape()),
                            choice("DetailType", line_detail_types),
                            part("ItemBasedExpenseLineDetail", item_detail_shape()),
                            part("AccountBasedExpenseLineDetail", account_detail_shape())},
                           {"PaymentLineDetail",
                            "DiscountLineDetail",
                            "TaxLineDetail",
                            "SalesItemLineDetail",
                            "DescriptionLineDetail",
                            "ReimburseLineDetail",
                            "DepositLineDetail",
                            "PurchaseOrderItemLineDetail",
                            "SalesOrderItemLineDetail",
                            "ItemReceiptLineDetail",
                            "JournalEntryLineDetail",
                            "GroupLineDetail",
                            "SubTotalLineDetail",
                            "TDSLineDetail",
                            "ItemAdjustmentLineDetail",
                            "CustomField",
                            "LineEx",
                            "ProjectRef",
                            "CostAmount",
                            "HomeCostAmount",
                            "CustomExtensions"}};
  return shape;
}

const Shape& txn_tax_detail_shape() {
  using namespace table;
  static const Shape shape{
      "TxnTaxDetail",
      {code("TxnTaxCodeRef"), decimal("TotalTax"), list("TaxLine", tax_line_shape())},
      {"DefaultTaxCodeRef", "TaxReviewStatus", "UseAutomatedSalesTax"}};
  return shape;
}

} // namespace emulator::books
