#include "shapes.hpp"

#include <array>

namespace emulator::books {
namespace {

using std::string_view;

constexpr std::array<string_view, 15> types_of_account = {"Bank",
                                                          "Accounts Receivable",
                                                          "Other Current Asset",
                                                          "Fixed Asset",
                                                          "Other Asset",
                                                          "Accounts Payable",
                                                          "Credit Card",
                                                          "Other Current Liability",
                                                          "Long Term Liability",
                                                          "Equity",
                                                          "Income",
                                                          "Cost of Goods Sold",
                                                          "Expense",
                                                          "Other Income",
                                                          "Other Expense"};
constexpr std::array<string_view, 5> item_types = {"Inventory", "NonInventory", "Service",
                                                   "Category", "Group"};
constexpr std::array<string_view, 3> delivery_methods = {"Print", "Email", "None"};

} // namespace

std::span<const string_view> account_types() {
  return types_of_account;
}

const Shape& account_shape() {
  using namespace table;
  static const Shape shape{
      "Account",
      {text("Name", 100, required | filterable), flag("SubAccount", sticky),
       ref("ParentRef", Entity::account), text("Description", 100),
       text("FullyQualifiedName", 0, read_only | filterable), flag("Active", sticky | filterable),
       text("Classification", 0, read_only | filterable),
       choice("AccountType", types_of_account, sticky | filterable),
       text("AccountSubType", 0, sticky | filterable), text("AcctNum", 20),
       decimal("CurrentBalance", read_only | filterable),
       decimal("CurrentBalanceWithSubAccounts", read_only), code("CurrencyRef", sticky),
       code("TaxCodeRef")},
      {"CustomField", "AccountAlias", "TxnLocationType", "AccountPurposes", "AcctNumExtn",
       "BankNum", "OpeningBalance", "OpeningBalanceDate", "TaxAccount", "OnlineBankingEnabled",
       "FIName", "JournalCodeRef", "AccountEx"}};
  return shape;
}

const Shape& item_shape() {
  using namespace table;
  static const Shape shape{"Item",
                           {text("Name", 100, required | filterable),
                            text("Sku", 100, filterable),
                            text("Description", 4000, filterable),
                            flag("Active", sticky | filterable),
                            flag("SubItem", sticky | filterable),
                            ref("ParentRef", Entity::item),
                            text("FullyQualifiedName", 0, read_only | filterable),
                            flag("Taxable", filterable),
                            flag("SalesTaxIncluded"),
                            decimal("UnitPrice", sortable),
                            choice("Type", item_types, sticky | filterable),
                            ref("IncomeAccountRef", Entity::account),
                            text("PurchaseDesc", 1000),
                            flag("PurchaseTaxIncluded"),
                            decimal("PurchaseCost", sortable),
                            ref("ExpenseAccountRef", Entity::account),
                            ref("AssetAccountRef", Entity::account),
                            flag("TrackQtyOnHand", sticky),
                            decimal("QtyOnHand", sticky),
                            decimal("ReorderPoint", sticky),
                            date("InvStartDate", sticky),
                            ref("PrefVendorRef", Entity::vendor),
                            code("SalesTaxCodeRef"),
                            code("PurchaseTaxCodeRef"),
                            ref("ClassRef", Entity::class_)},
                           {"CustomField",
                            "Level",
                            "PercentBased",
                            "RatePercent",
                            "PaymentMethodRef",
                            "UOMSetRef",
                            "COGSAccountRef",
                            "AvgCost",
                            "QtyOnPurchaseOrder",
                            "QtyOnSalesOrder",
                            "ManPartNum",
                            "DepositToAccountRef",
                            "BuildPoint",
                            "PrintGroupedItems",
                            "SpecialItem",
                            "SpecialItemType",
                            "ItemGroupDetail",
                            "ItemAssemblyDetail",
                            "AbatementRate",
                            "ReverseChargeRate",
                            "ServiceType",
                            "ItemCategoryType",
                            "ItemEx",
                            "TaxClassificationRef",
                            "UQCDisplayText",
                            "UQCId",
                            "Source",
                            "DeferredRevenue",
                            "CustomExtensions"}};
  return shape;
}

const Shape& vendor_shape() {
  using namespace table;
  static const Shape shape{"Vendor",
                           {part("BillAddr", physical_address_shape()),
                            text("TaxIdentifier", 20),
                            ref("TermRef", Entity::term),
                            decimal("Balance", read_only | filterable),
                            text("AcctNum", 100),
                            flag("Vendor1099", filterable),
                            code("CurrencyRef", sticky),
                            text("Title", 16),
                            text("GivenName", 100, filterable),
                            text("MiddleName", 100, filterable),
                            text("FamilyName", 100, filterable),
                            text("Suffix", 16),
                            text("CompanyName", 100, filterable),
                            text("DisplayName", 500, filterable),
                            text("PrintOnCheckName", 100),
                            flag("Active", sticky | filterable),
                            part("PrimaryPhone", telephone_shape()),
                            part("AlternatePhone", telephone_shape()),
                            part("Mobile", telephone_shape()),
                            part("Fax", telephone_shape()),
                            part("PrimaryEmailAddr", email_address_shape()),
                            part("WebAddr", web_address_shape()),
                            text("Notes", 1024),
                            text("BusinessNumber", 10),
                            decimal("CostRate"),
                            decimal("BillRate"),
                            flag("HasTPAR"),
                            of(Kind::any, "VendorPaymentBankDetail")},
                           {"CustomField",
                            "IntuitId",
                            "Organization",
                            "FullyQualifiedName",
                            "UserId",
                            "V4IDPseudonym",
                            "OtherContactInfo",
                            "DefaultTaxCodeRef",
                            "ContactName",
                            "AltContactName",
                            "ShipAddr",
                            "OtherAddr",
                            "TaxCountry",
                            "TaxIdEffectiveDate",
                            "ParentRef",
                            "VendorTypeRef",
                            "PrefillAccountRef",
                            "OpenBalanceDate",
                            "CreditLimit",
                            "T4AEligible",
                            "T5018Eligible",
                            "TDSEnabled",
                            "TDSEntityTypeId",
                            "TDSSectionTypeId",
                            "TDSOverrideThreshold",
                            "TaxReportingBasis",
                            "APAccountRef",
                            "VendorEx",
                            "GSTIN",
                            "GSTRegistrationType",
                            "IsSubContractor",
                            "SubcontractorType",
                            "CISRate",
                            "Source",
                            "AgencyVerificationStatus",
                            "AgencyVerificationStatusMsg",
                            "AgencyVerificationTSUTC",
                            "CompanyRegistrationNumber"}};
  return shape;
}

const Shape& customer_shape() {
  using namespace table;
  static const Shape shape{"Customer",
                           {flag("Taxable"),
                            part("BillAddr", physical_address_shape()),
                            part("ShipAddr", physical_address_shape()),
                            text("Notes", 2000),
                            flag("Job", filterable),
                            flag("BillWithParent"),
                            ref("ParentRef", Entity::customer),
                            decimal("Balance", read_only | filterable),
                            code("CurrencyRef", sticky),
                            choice("PreferredDeliveryMethod", delivery_methods),
                            text("Title", 16),
                            text("GivenName", 100, filterable),
                            text("MiddleName", 100, filterable),
                            text("FamilyName", 100, filterable),
                            text("Suffix", 16),
                            text("FullyQualifiedName", 0, read_only | filterable),
                            text("CompanyName", 100, filterable),
                            text("DisplayName", 500, filterable),
                            text("PrintOnCheckName", 110),
                            flag("Active", sticky | filterable),
                            part("PrimaryPhone", telephone_shape()),
                            part("AlternatePhone", telephone_shape()),
                            part("Mobile", telephone_shape()),
                            part("Fax", telephone_shape()),
                            part("PrimaryEmailAddr", email_address_shape()),
                            part("WebAddr", web_address_shape()),
                            ref("SalesTermRef", Entity::term),
                            code("DefaultTaxCodeRef"),
                            text("ResaleNum", 16)},
                           {"CustomField",
                            "IntuitId",
                            "Organization",
                            "UserId",
                            "V4IDPseudonym",
                            "OtherContactInfo",
                            "ContactName",
                            "AltContactName",
                            "OtherAddr",
                            "RootCustomerRef",
                            "Level",
                            "CustomerTypeRef",
                            "SalesRepRef",
                            "TaxGroupCodeRef",
                            "TaxRateRef",
                            "PaymentMethodRef",
                            "CCDetail",
                            "PriceLevelRef",
                            "OpenBalanceDate",
                            "BalanceWithJobs",
                            "CreditLimit",
                            "AcctNum",
                            "OverDueBalance",
                            "TotalRevenue",
                            "TotalExpense",
                            "JobInfo",
                            "TDSEnabled",
                            "CustomerEx",
                            "SecondaryTaxIdentifier",
                            "ARAccountRef",
                            "PrimaryTaxIdentifier",
                            "TaxExemptionReasonId",
                            "IsProject",
                            "BusinessNumber",
                            "GSTIN",
                            "GSTRegistrationType",
                            "IsCISContractor",
                            "ClientCompanyId",
                            "ClientEntityId",
                            "Source",
                            "CompanyRegistrationNumber"}};
  return shape;
}

const Shape& class_shape() {
  using namespace table;
  static const Shape shape{"Class",
                           {text("Name", 100, required | filterable), flag("SubClass", read_only),
                            ref("ParentRef", Entity::class_),
                            text("FullyQualifiedName", 0, read_only | filterable),
                            flag("Active", sticky | filterable)},
                           {"CustomField", "ClassEx"}};
  return shape;
}

const Shape& department_shape() {
  using namespace table;
  static const Shape shape{
      "Department",
      {text("Name", 100, required | filterable), flag("SubDepartment", read_only),
       ref("ParentRef", Entity::department), text("FullyQualifiedName", 0, read_only | filterable),
       flag("Active", sticky | filterable), part("Address", physical_address_shape())},
      {"CustomField", "DepartmentEx"}};
  return shape;
}

const Shape& term_shape() {
  using namespace table;
  static const Shape shape{
      "Term",
      {text("Name", 31, required | filterable), flag("Active", sticky | filterable),
       text("Type", 0, read_only), decimal("DiscountPercent"), of(Kind::integer, "DueDays"),
       of(Kind::integer, "DiscountDays"), of(Kind::integer, "DayOfMonthDue"),
       of(Kind::integer, "DueNextMonthDays"), of(Kind::integer, "DiscountDayOfMonth")},
      {"CustomField", "SalesTermEx"}};
  return shape;
}

} // namespace emulator::books
