#include "seed.hpp"
#include "seed_company.hpp"
#include "writing.hpp"

#include <map>
#include <stdexcept>

namespace emulator::books {
namespace {

constexpr std::uint64_t first_class_id = 5'000'000'000'000'142'001; // ids of classes have 19 digits
constexpr std::uint64_t first_transaction_id = 101;

/// Creates objects as a client would and remembers their ids by name.
class Sower {
 public:
  Sower(Company& company, Instant now) : company_(company), now_(now) {}

  std::string create(Entity entity, const std::string& body) {
    const auto& info = info_of(entity);
    const auto parsed = parse_json(body);
    if (!parsed) throw std::logic_error("the seed is not JSON: " + body);
    const auto stored = write_object(company_, info, *parsed, {}, now_);
    if (!stored)
      throw std::logic_error("the seed breaks a rule: " + stored.error().detail + " in " + body);
    return stored->text_of("Id");
  }

  void deactivate(Entity entity, const std::string& id) {
    create(entity, R"({"Id":")" + id + R"(","SyncToken":"0","sparse":true,"Active":false})");
  }

  std::string account(const std::string& name, const std::string& type, const std::string& subtype,
                      const std::string& more = {}) {
    return create(Entity::account, R"({"Name":")" + name + R"(","AccountType":")" + type +
                                       R"(","AccountSubType":")" + subtype + "\"" + more + "}");
  }

 private:
  Company& company_;
  Instant now_;
};

std::string ref(const std::string& member, const std::string& id) {
  return ",\"" + member + R"(":{"value":")" + id + "\"}";
}

struct KeyAccounts {
  std::string income, inventory, cost, supplies;
};

KeyAccounts sow_accounts(Sower& sow) {
  KeyAccounts key;
  sow.account("Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable");
  sow.account("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable");
  sow.account("Checking", "Bank", "Checking");
  key.income = sow.account("Sales of Product Income", "Income", "SalesOfProductIncome",
                           R"(,"AcctNum":"4000")");
  sow.account("Services", "Income", "ServiceFeeIncome");
  key.inventory =
      sow.account("Inventory Asset", "Other Current Asset", "Inventory", R"(,"AcctNum":"1300")");
  key.cost = sow.account("Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs",
                         R"(,"AcctNum":"5000")");
  sow.account("Freight In", "Cost of Goods Sold", "ShippingFreightDeliveryCos",
              R"(,"AcctNum":"5100")");
  sow.account("Shipping and Delivery", "Expense", "ShippingFreightDelivery",
              R"(,"AcctNum":"6100")");
  sow.account("Shop Supplies", "Expense", "SuppliesMaterials", R"(,"AcctNum":"6200")");
  sow.account("R&D Supplies", "Expense", "SuppliesMaterials", R"(,"AcctNum":"6210")");
  sow.account("Tooling", "Expense", "SuppliesMaterials", R"(,"AcctNum":"6300")");
  key.supplies = sow.account("Supplies", "Expense", "SuppliesMaterials");
  sow.account("R&D", "Expense", "SuppliesMaterials", ref("ParentRef", key.supplies));
  sow.account("Production", "Expense", "SuppliesMaterials", ref("ParentRef", key.supplies));
  sow.account("Repairs and Maintenance", "Expense", "RepairMaintenance");
  sow.account("Machinery", "Fixed Asset", "MachineryAndEquipment");
  sow.account("Received Not Billed", "Other Current Liability", "OtherCurrentLiabilities");
  sow.account("Opening Balance Equity", "Equity", "OpeningBalanceEquity");
  sow.deactivate(Entity::account, sow.account("Scrap", "Expense", "OtherMiscellaneousServiceCost"));
  return key;
}

void sow_lists(Sower& sow) {
  sow.create(Entity::term, R"({"Name":"Due on receipt","DueDays":0})");
  sow.create(Entity::term, R"({"Name":"Net 15","DueDays":15})");
  sow.create(Entity::term, R"({"Name":"Net 30","DueDays":30})");
  sow.create(Entity::class_, R"({"Name":"R&D"})");
  const auto production = sow.create(Entity::class_, R"({"Name":"Production"})");
  sow.create(Entity::class_, R"({"Name":"Assembly")" + ref("ParentRef", production) + "}");
  sow.deactivate(Entity::class_, sow.create(Entity::class_, R"({"Name":"Prototypes"})"));
  sow.create(Entity::department, R"({"Name":"Main Plant"})");
  sow.create(Entity::customer,
             R"({"DisplayName":"Cedar Point Robotics","CompanyName":"Cedar Point Robotics"})");
}

void sow_vendors(Sower& sow, bool multicurrency) {
  sow.create(Entity::vendor,
             R"({"DisplayName":"Hicks Hardware","CompanyName":"Hicks Hardware","AcctNum":"H-100",
                 "BillAddr":{"Line1":"42 Sample Street","City":"Exampleton","CountrySubDivisionCode":"CA","PostalCode":"90000"},
                 "PrimaryEmailAddr":{"Address":"orders@hicks.example.com"},"TermRef":{"value":"3"}})");
  sow.create(Entity::vendor,
             R"({"DisplayName":"Lindqvist Bearings","CompanyName":"Lindqvist Bearings",
                 "PrimaryEmailAddr":{"Address":"sales@lindqvist.example.com"}})");
  sow.create(Entity::vendor,
             R"({"DisplayName":"Northgate Steel","CompanyName":"Northgate Steel"})");
  sow.create(Entity::vendor,
             R"({"DisplayName":"Orchard & Sons Fasteners","TermRef":{"value":"2"}})");
  sow.create(Entity::vendor, R"({"DisplayName":"O'Malley Coatings"})");
  sow.deactivate(Entity::vendor,
                 sow.create(Entity::vendor, R"({"DisplayName":"Old Mill Tooling"})"));
  if (!multicurrency) return;
  sow.create(Entity::vendor, R"({"DisplayName":"Musterstahl GmbH","CurrencyRef":{"value":"EUR"}})");
  sow.create(Entity::vendor,
             R"({"DisplayName":"Sakura Example Seiki","CurrencyRef":{"value":"JPY"}})");
  sow.create(Entity::vendor,
             R"({"DisplayName":"Sample Gulf Alloys","CurrencyRef":{"value":"KWD"}})");
}

void sow_items(Sower& sow, const KeyAccounts& key) {
  const auto stocked = [&](const std::string& name, const std::string& quantity,
                           const std::string& cost) {
    return sow.create(Entity::item,
                      R"({"Name":")" + name + R"(","Sku":")" + name +
                          R"(","Type":"Inventory","TrackQtyOnHand":true,"QtyOnHand":)" + quantity +
                          R"(,"InvStartDate":"2026-01-01","PurchaseCost":)" + cost +
                          ref("IncomeAccountRef", key.income) + ref("ExpenseAccountRef", key.cost) +
                          ref("AssetAccountRef", key.inventory) + "}");
  };
  stocked("820412-001 Rev B", "25", "12.5");
  stocked("820412-001 Rev BA", "0", "13.75");
  stocked("Bearing 6203", "140", "2.35");
  const auto bought = [&](const std::string& name, const std::string& type) {
    return sow.create(Entity::item, R"({"Name":")" + name + R"(","Type":")" + type + "\"" +
                                        ref("IncomeAccountRef", key.income) +
                                        ref("ExpenseAccountRef", key.supplies) + "}");
  };
  bought("Hex Bolt M8", "NonInventory");
  bought("Anodizing", "Service");
  sow.deactivate(Entity::item, stocked("820412-001 Rev A", "0", "11"));
}

} // namespace

Company seeded_company(Region region, std::string realm, const std::string& name,
                       const SeedOptions& options) {
  Company company;
  company.region = region;
  company.realm = std::move(realm);
  company.next_transaction = first_transaction_id;
  company.shelf(Entity::class_).next_id = first_class_id;
  const Instant founded = parse_instant("2026-01-05T09:00:00-08:00").value();
  add_company_objects(company, name, options, founded);

  Sower sow{company, founded};
  const auto key = sow_accounts(sow);
  if (options.multicurrency)
    for (const std::string code : {"EUR", "JPY", "KWD"})
      sow.account("Accounts Payable (A/P) - " + code, "Accounts Payable", "AccountsPayable",
                  ref("CurrencyRef", code));
  sow_lists(sow);
  sow_vendors(sow, options.multicurrency);
  sow_items(sow, key);
  return company;
}

} // namespace emulator::books
