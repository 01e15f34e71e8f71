#include "account_kinds.hpp"

#include <algorithm>
#include <array>

namespace emulator::books {
namespace {

constexpr std::array kinds = {
    AccountKind{"Bank", "Asset", "CashOnHand",
                "CashOnHand Checking MoneyMarket RentsHeldInTrust Savings TrustAccounts"},
    AccountKind{"Accounts Receivable", "Asset", "AccountsReceivable", "AccountsReceivable"},
    AccountKind{
        "Other Current Asset", "Asset", "OtherCurrentAssets",
        "AllowanceForBadDebts DevelopmentCosts EmployeeCashAdvances OtherCurrentAssets Inventory "
        "Investment_MortgageRealEstateLoans Investment_Other Investment_TaxExemptSecurities "
        "Investment_USGovernmentObligations LoansToOfficers LoansToOthers LoansToStockholders "
        "PrepaidExpenses Retainage UndepositedFunds"},
    AccountKind{
        "Fixed Asset", "Asset", "FurnitureAndFixtures",
        "AccumulatedDepletion AccumulatedDepreciation DepletableAssets FixedAssetComputers "
        "FixedAssetCopiers FixedAssetFurniture FixedAssetPhone FixedAssetPhotoVideo "
        "FixedAssetSoftware FixedAssetOtherToolsEquipment FurnitureAndFixtures Land "
        "LeaseholdImprovements OtherFixedAssets AccumulatedAmortization Buildings IntangibleAssets "
        "MachineryAndEquipment Vehicles"},
    AccountKind{
        "Other Asset", "Asset", "OtherLongTermAssets",
        "LeaseBuyout OtherLongTermAssets SecurityDeposits AccumulatedAmortizationOfOtherAssets "
        "Goodwill Licenses OrganizationalCosts"},
    AccountKind{"Accounts Payable", "Liability", "AccountsPayable", "AccountsPayable"},
    AccountKind{"Credit Card", "Liability", "CreditCard", "CreditCard"},
    AccountKind{
        "Other Current Liability", "Liability", "OtherCurrentLiabilities",
        "DirectDepositPayable LineOfCredit LoanPayable GlobalTaxPayable GlobalTaxSuspense "
        "OtherCurrentLiabilities PayrollClearing PayrollTaxPayable PrepaidExpensesPayable "
        "RentsInTrustLiability TrustAccountsLiabilities FederalIncomeTaxPayable InsurancePayable "
        "SalesTaxPayable StateLocalIncomeTaxPayable"},
    AccountKind{"Long Term Liability", "Liability", "NotesPayable",
                "NotesPayable OtherLongTermLiabilities ShareholderNotesPayable"},
    AccountKind{
        "Equity", "Equity", "OpeningBalanceEquity",
        "OpeningBalanceEquity PartnersEquity RetainedEarnings AccumulatedAdjustment OwnersEquity "
        "PaidInCapitalOrSurplus PartnerContributions PartnerDistributions PreferredStock "
        "CommonStock TreasuryStock"},
    AccountKind{"Income", "Revenue", "ServiceFeeIncome",
                "NonProfitIncome OtherPrimaryIncome SalesOfProductIncome ServiceFeeIncome "
                "DiscountsRefundsGiven UnappliedCashPaymentIncome"},
    AccountKind{"Cost of Goods Sold", "Expense", "SuppliesMaterialsCogs",
                "EquipmentRentalCos OtherCostsOfServiceCos ShippingFreightDeliveryCos "
                "SuppliesMaterialsCogs CostOfLaborCos"},
    AccountKind{
        "Expense", "Expense", "OtherMiscellaneousServiceCost",
        "AdvertisingPromotional BadDebts BankCharges CharitableContributions CommissionsAndFees "
        "Entertainment EntertainmentMeals EquipmentRental FinanceCosts GlobalTaxExpense Insurance "
        "InterestPaid LegalProfessionalFees OfficeExpenses OfficeGeneralAdministrativeExpenses "
        "OtherBusinessExpenses OtherMiscellaneousServiceCost PromotionalMeals "
        "RentOrLeaseOfBuildings RepairMaintenance ShippingFreightDelivery SuppliesMaterials Travel "
        "TravelMeals Utilities Auto CostOfLabor DuesSubscriptions PayrollExpenses TaxesPaid "
        "UnappliedCashBillPaymentExpense"},
    AccountKind{"Other Income", "Revenue", "OtherMiscellaneousIncome",
                "DividendIncome InterestEarned OtherInvestmentIncome OtherMiscellaneousIncome "
                "TaxExemptInterest"},
    AccountKind{"Other Expense", "Expense", "OtherMiscellaneousExpense",
                "Depreciation ExchangeGainOrLoss OtherMiscellaneousExpense PenaltiesSettlements "
                "Amortization GasAndFuel HomeOffice ParkingAndTolls Vehicle"},
};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

} // namespace

const AccountKind* account_kind(std::string_view type) {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const AccountKind& kind) { return kind.type == type; });
  return found == kinds.end() ? nullptr : &*found;
}

const AccountKind* account_kind_of_subtype(std::string_view subtype) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const AccountKind& kind) {
    return has_word(kind.subtypes, subtype);
  });
  return found == kinds.end() ? nullptr : &*found;
}

} // namespace emulator::books
