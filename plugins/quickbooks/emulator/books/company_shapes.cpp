#include "shapes.hpp"

namespace emulator::books {
namespace {

using namespace table;

const Shape& accounting_prefs_shape() {
  static const Shape shape{
      "CompanyAccountingPrefs",
      {text("FirstMonthOfFiscalYear"), flag("UseAccountNumbers"), text("TaxYearMonth"),
       flag("ClassTrackingPerTxn"), flag("TrackDepartments"), text("TaxForm"),
       text("CustomerTerminology"), text("DepartmentTerminology"), date("BookCloseDate"),
       flag("ClassTrackingPerTxnLine")},
      {"RequiresAccounts", "TrackDepartmentsPerTxn", "AutoJournalEntryNumber",
       "OtherContentEncryption", "ClassTrackingPerLine", "DefaultARAccount", "DefaultAPAccount"}};
  return shape;
}

const Shape& product_prefs_shape() {
  static const Shape shape{
      "ProductAndServicesPrefs",
      {flag("ForSales"), flag("ForPurchase"), flag("QuantityWithPriceAndRate"),
       flag("QuantityOnHand")},
      {"UOM", "Assembly", "RevenueRecognition", "RevenueRecognitionFrequency"}};
  return shape;
}

const Shape& purchase_prefs_shape() {
  static const Shape shape{
      "VendorAndPurchasesPrefs",
      {flag("EnableBills"), flag("TrackingByCustomer"), flag("BillableExpenseTracking"),
       ref("DefaultTerms", Entity::term), decimal("DefaultMarkup"), text("MsgToVendors", 4000),
       flag("UsingInventory"), of(Kind::any, "POCustomField")},
      {"DaysBillsAreDue", "DefaultMarkupAccount", "AutomaticBillPayment", "TPAREnabled"}};
  return shape;
}

const Shape& sales_prefs_shape() {
  static const Shape shape{"SalesFormsPrefs",
                           {flag("CustomTxnNumbers"), flag("AllowDeposit"), flag("AllowDiscount"),
                            flag("AllowEstimates"), flag("AllowServiceDate"), flag("AllowShipping"),
                            ref("DefaultTerms", Entity::term), text("DefaultCustomerMessage", 1000),
                            of(Kind::any, "CustomField")},
                           {"DefaultDiscountAccount", "ETransactionEnabledStatus",
                            "ETransactionAttachPDF", "ETransactionPaymentEnabled",
                            "IPNSupportEnabled", "UsingPriceLevels", "DefaultShippingAccount",
                            "AutoApplyCredit", "AutoApplyPayments", "UsingProgressInvoicing",
                            "EmailCopyToCompany", "SalesEmailBcc", "SalesEmailCc"}};
  return shape;
}

const Shape& currency_prefs_shape() {
  static const Shape shape{
      "CurrencyPrefs", {flag("MultiCurrencyEnabled"), code("HomeCurrency")}, {}};
  return shape;
}

const Shape& tax_prefs_shape() {
  static const Shape shape{"TaxPrefs",
                           {flag("UsingSalesTax"), flag("PartnerTaxEnabled")},
                           {"HideTaxManagement", "TaxGroupCodeRef", "TaxRateRef", "PaySalesTax",
                            "NonTaxableSalesTaxCodeRef", "TaxableSalesTaxCodeRef"}};
  return shape;
}

const Shape& report_prefs_shape() {
  static const Shape shape{
      "ReportPrefs", {text("ReportBasis"), flag("CalcAgingReportFromTxnDate")}, {}};
  return shape;
}

const Shape& time_prefs_shape() {
  static const Shape shape{"TimeTrackingPrefs",
                           {flag("UseServices"), flag("BillCustomers"), flag("ShowBillRateToAll"),
                            text("WorkWeekStartDate"), flag("MarkTimeEntriesBillable")},
                           {"DefaultTimeItem"}};
  return shape;
}

const Shape& other_prefs_shape() {
  static const Shape shape{"OtherPrefs", {list("NameValue", name_value_shape())}, {}};
  return shape;
}

} // namespace

const Shape& company_info_shape() {
  static const Shape shape{
      "CompanyInfo",
      {text("CompanyName", 1024, required), text("LegalName", 1024),
       part("CompanyAddr", physical_address_shape()),
       part("CustomerCommunicationAddr", physical_address_shape()),
       part("LegalAddr", physical_address_shape()), part("PrimaryPhone", telephone_shape()),
       date("CompanyStartDate", read_only), text("FiscalYearStartMonth"),
       text("Country", 0, read_only), part("Email", email_address_shape()),
       part("WebAddr", web_address_shape()), text("SupportedLanguages", 0, read_only),
       text("DefaultTimeZone", 0, read_only), list("NameValue", name_value_shape(), read_only)},
      {"CustomField",
       "CompanyEmailAddr",
       "CustomerCommunicationEmailAddr",
       "CompanyURL",
       "OtherContactInfo",
       "CompanyFileName",
       "FlavorStratum",
       "SampleFile",
       "CompanyUserId",
       "CompanyUserAdminEmail",
       "EmployerId",
       "TaxYearStartMonth",
       "QBVersion",
       "ShipAddr",
       "OtherAddr",
       "Mobile",
       "Fax",
       "LastImportedTime",
       "LastSyncTime",
       "MultiByteCharsSupported",
       "FifoCalculationStatus",
       "CompanyInfoEx"}};
  return shape;
}

const Shape& preferences_shape() {
  static const Shape shape{
      "Preferences",
      {part("AccountingInfoPrefs", accounting_prefs_shape(), sticky),
       part("ProductAndServicesPrefs", product_prefs_shape(), sticky),
       part("SalesFormsPrefs", sales_prefs_shape(), sticky),
       of(Kind::any, "EmailMessagesPrefs", sticky),
       part("VendorAndPurchasesPrefs", purchase_prefs_shape(), sticky),
       part("TimeTrackingPrefs", time_prefs_shape(), sticky),
       part("TaxPrefs", tax_prefs_shape(), sticky),
       part("CurrencyPrefs", currency_prefs_shape(), sticky),
       part("ReportPrefs", report_prefs_shape(), sticky),
       part("OtherPrefs", other_prefs_shape(), sticky)},
      {"CustomField", "AdvancedInventoryPrefs", "FinanceChargesPrefs", "PreferencesEx"}};
  return shape;
}

} // namespace emulator::books
