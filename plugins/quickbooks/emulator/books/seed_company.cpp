#include "seed_company.hpp"

#include <stdexcept>

namespace emulator::books {
namespace {

Value json(const std::string& text) {
  auto value = parse_json(text);
  if (!value) throw std::logic_error("the seed is not JSON: " + text);
  return std::move(*value);
}

std::string_view country_of(Region region) {
  switch (region) {
  case Region::ca:
    return "CA";
  case Region::uk:
    return "GB"; // unconfirmed: GB or UK
  case Region::au:
    return "AU";
  case Region::us:
    break;
  }
  return "US";
}

void add_company_info(Company& company, const std::string& name, Instant now) {
  const std::string country{country_of(company.region)};
  Value info = json(
      R"({"SupportedLanguages":"en","CompanyStartDate":"2026-01-05","FiscalYearStartMonth":"January",
      "DefaultTimeZone":"America/Los_Angeles","Email":{"Address":"books@manufacturer.example.com"},
      "CompanyAddr":{"Id":"1","Line1":"1 Example Works","City":"Exampleton","PostalCode":"90000"},
      "NameValue":[{"Name":"NeoEnabled","Value":"true"},{"Name":"OfferingSku","Value":"QuickBooks Online Plus"},
                   {"Name":"SubscriptionStatus","Value":"PAID"}]})");
  info.set("CompanyName", name);
  info.set("LegalName", name);
  info.set("Country", country);
  info.find("CompanyAddr")->set("Country", country);
  company.next_address = 2;
  company.add(Entity::company_info, std::move(info), now);
}

void add_preferences(Company& company, bool multicurrency, Instant now) {
  Value prefs = json(R"({
      "AccountingInfoPrefs":{"FirstMonthOfFiscalYear":"January","UseAccountNumbers":true,"TaxYearMonth":"January",
        "ClassTrackingPerTxn":false,"TrackDepartments":false,"CustomerTerminology":"Customers",
        "DepartmentTerminology":"Location","ClassTrackingPerTxnLine":true},
      "ProductAndServicesPrefs":{"ForSales":true,"ForPurchase":true,"QuantityWithPriceAndRate":true,"QuantityOnHand":true},
      "SalesFormsPrefs":{"CustomTxnNumbers":false,"AllowDeposit":false,"AllowDiscount":false,"AllowEstimates":true,
        "AllowServiceDate":false,"AllowShipping":false},
      "VendorAndPurchasesPrefs":{"EnableBills":true,"TrackingByCustomer":true,"BillableExpenseTracking":true,
        "UsingInventory":true,"POCustomField":[
          {"CustomField":[{"Name":"PurchasePrefs.UsePurchaseCustom3","Type":"BooleanType","BooleanValue":false},
                          {"Name":"PurchasePrefs.UsePurchaseCustom2","Type":"BooleanType","BooleanValue":true},
                          {"Name":"PurchasePrefs.UsePurchaseCustom1","Type":"BooleanType","BooleanValue":true}]},
          {"CustomField":[{"Name":"PurchasePrefs.PurchaseCustomName2","Type":"StringType","StringValue":"Buyer"},
                          {"Name":"PurchasePrefs.PurchaseCustomName1","Type":"StringType","StringValue":"Dock"}]}]},
      "TimeTrackingPrefs":{"UseServices":true,"BillCustomers":false,"ShowBillRateToAll":false,
        "WorkWeekStartDate":"Monday","MarkTimeEntriesBillable":false},
      "TaxPrefs":{"UsingSalesTax":true},
      "CurrencyPrefs":{"MultiCurrencyEnabled":false},
      "ReportPrefs":{"ReportBasis":"Accrual","CalcAgingReportFromTxnDate":false},
      "OtherPrefs":{"NameValue":[{"Name":"VendorAndPurchasesPrefs.UseCustomTxnNumbers","Value":"true"},
                                 {"Name":"DTXCopyMemo","Value":"true"}]}})");
  if (company.region == Region::us) prefs.find("TaxPrefs")->set("PartnerTaxEnabled", true);
  auto& currency = *prefs.find("CurrencyPrefs");
  currency.set("MultiCurrencyEnabled", multicurrency);
  currency.set("HomeCurrency", reference_to(company.home_currency()));
  company.add(Entity::preferences, std::move(prefs), now);
}

/// A tax code with one rate for purchases and sales, as the region's standard codes are.
void add_tax(Company& company, const std::string& name, const std::string& percent, Instant now) {
  Value rate = json(
      R"({"Active":true,"AgencyRef":{"value":"1"},"SpecialTaxType":"NONE","DisplayType":"ReadOnly"})");
  rate.set("Name", name);
  rate.set("Description", name);
  rate.set("RateValue", Decimal::parse(percent).value());
  const auto rate_id = std::to_string(company.add(Entity::tax_rate, std::move(rate), now).id);
  const Value rates = json(R"({"TaxRateDetail":[{"TaxRateRef":{"value":")" + rate_id +
                           R"("},"TaxTypeApplicable":"TaxOnAmount","TaxOrder":0}]})");
  Value code = json(
      R"({"Active":true,"Hidden":false,"Taxable":true,"TaxGroup":true,"TaxCodeConfigType":"SYSTEM_GENERATED"})");
  code.set("Name", name);
  code.set("Description", name);
  code.set("SalesTaxRateList", rates);
  code.set("PurchaseTaxRateList", rates);
  company.add(Entity::tax_code, std::move(code), now);
}

void add_taxes(Company& company, Instant now) {
  switch (company.region) {
  case Region::ca:
    add_tax(company, "GST", "5", now);
    add_tax(company, "HST ON", "13", now);
    add_tax(company, "Exempt", "0", now);
    break;
  case Region::uk:
    add_tax(company, "20.0% S", "20", now);
    add_tax(company, "5.0% R", "5", now);
    add_tax(company, "0.0% Z", "0", now);
    break;
  case Region::au:
    add_tax(company, "GST", "10", now);
    add_tax(company, "GST free", "0", now);
    break;
  case Region::us:
    return;
  }
  // A code for sales only: purchases must refuse it.
  Value sales_only =
      json(R"({"Name":"Export sales","Description":"Export sales","Active":true,"Hidden":false,
      "Taxable":true,"TaxGroup":true})");
  company.add(Entity::tax_code, std::move(sales_only), now);
}

} // namespace

void add_company_objects(Company& company, const std::string& name, const SeedOptions& options,
                         Instant now) {
  add_company_info(company, name, now);
  add_preferences(company, options.multicurrency, now);
  add_taxes(company, now);
}

} // namespace emulator::books
