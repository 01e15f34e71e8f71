#include "orders.hpp"

#include "seed.hpp"

#include <stdexcept>

namespace {

erp::Part part(const std::string& number, const std::string& revision) {
  erp::Part part;
  part.id = "P-" + number + revision;
  part.number = number;
  part.revision = revision;
  return part;
}

// Up to `places` decimals.
erp::Decimal random_amount(Random& random, int least, int most, int places) {
  return {random.between(least, most), random.between(0, places)};
}

} // namespace

Random::Random() : Random(printed_seed()) {}

int Random::between(int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(engine_);
}

erp::Decimal decimal(const std::string& text) {
  const auto number = erp::Decimal::parse(text);
  if (!number) throw std::invalid_argument(text);
  return *number;
}

qb::qbo::Value json(const std::string& text) {
  auto value = qb::qbo::read(text);
  if (!value) throw std::invalid_argument(value.error() + ": " + text);
  return *value;
}

qb::qbo::Value books_of_everything() {
  return json(R"json({"home_currency":"USD","multicurrency":false,
    "Account":[{"Id":"33","Name":"Accounts Payable","AccountType":"Accounts Payable"},
      {"Id":"78","Name":"Freight In","AccountType":"Expense"},
      {"Id":"80","Name":"Cost of Goods Sold","AccountType":"Cost of Goods Sold"},
      {"Id":"82","Name":"Shop Supplies","AccountType":"Expense","AcctNum":"6100"},
      {"Id":"90","Name":"Old Tools (deleted)","AccountType":"Expense","Active":false},
      {"Id":"91","Name":"Parking","FullyQualifiedName":"Travel:Parking","AccountType":"Expense"},
      {"Id":"92","Name":"Parking","FullyQualifiedName":"Office:Parking","AccountType":"Expense"}],
    "Class":[{"Id":"50","Name":"R&D"},{"Id":"51","Name":"Old Plant (deleted)","Active":false},
      {"Id":"52","Name":"Press","FullyQualifiedName":"A:Press"},
      {"Id":"53","Name":"Press","FullyQualifiedName":"B:Press"}],
    "Vendor":[{"Id":"41","DisplayName":"Hicks Hardware"},
      {"Id":"42","DisplayName":"Gone Ltd (deleted)","Active":false},
      {"Id":"43","DisplayName":"TWIN Ltd"},{"Id":"44","DisplayName":"Twin ltd"}],
    "Item":[{"Id":"31","Name":"A-1 Rev A","Type":"Inventory"},
      {"Id":"32","Name":"A-1 Rev B","Type":"Inventory"},
      {"Id":"34","Name":"Z-9 Rev A (deleted)","Type":"Inventory","Active":false},
      {"Id":"35","Name":"Y-8 Rev A left","Type":"Inventory"},
      {"Id":"36","Name":"Y-8 Rev A right","Type":"Inventory"}],
    "PurchaseOrder":[{"Id":"900","DocNumber":"taken","VendorRef":{"value":"41"}}]})json");
}

qb::settings::Settings settings_of_everything() {
  qb::settings::Settings settings;
  settings.ap_account = "Accounts Payable";
  settings.inventory_expense_account = "Cost of Goods Sold";
  settings.fees_account = "Freight In";
  settings.class_attribute = "Class";
  settings.expense_attribute = "Expense Code";
  return settings;
}

erp::Event event_of(erp::PurchaseOrder order) {
  erp::Event event;
  event.event_id = "e-1";
  event.occurred_at = *erp::parse_instant("2026-11-20T10:00:00Z");
  event.kind = erp::EventKind::po_ordered;
  event.document = std::move(order);
  return event;
}

erp::PurchaseOrderLine item_line(const std::string& id, const std::string& quantity,
                                 const std::string& total) {
  erp::PurchaseOrderLine line;
  line.id = id;
  line.part = part("A-1", "B");
  line.quantity = decimal(quantity);
  line.total = decimal(total);
  return line;
}

erp::PurchaseOrderLine account_line(const std::string& id, const std::string& total,
                                    const std::string& expense_code) {
  erp::PurchaseOrderLine line;
  line.id = id;
  line.description = "something";
  line.total = decimal(total);
  line.attributes["Expense Code"] = expense_code;
  return line;
}

erp::PurchaseOrder plain_order() {
  erp::PurchaseOrder order;
  order.id = order.number = "1042";
  order.version = 1;
  order.currency = "USD";
  order.ordered_on = erp::parse_date("2026-11-20");
  order.supplier.id = "S-7";
  order.supplier.name = "Hicks Hardware";
  order.lines.push_back(item_line("1", "10", "125"));
  return order;
}

erp::PurchaseOrder random_order(Random& random) {
  erp::PurchaseOrder order = plain_order();
  order.lines.clear();
  const int lines = random.between(1, 12);
  for (int i = 1; i <= lines; ++i) {
    erp::PurchaseOrderLine line;
    line.id = std::to_string(i);
    line.total = random_amount(random, -9'999, 99'999'999, 6);
    if (!random.one_in(3)) {
      line.part = part("A-1", random.one_in(2) ? "A" : "B");
      line.quantity = random_amount(random, 1, 9'999, 3);
      if (random.one_in(2)) { // else the total stands for itself, as after a discount
        line.unit_cost = random_amount(random, 0, 999'999, 7);
        line.total = line.quantity->times(*line.unit_cost).value_or(line.total);
      }
    }
    if (random.one_in(3)) line.description = "line " + line.id;
    if (random.one_in(4)) line.attributes["Class"] = "R&D";
    if (random.one_in(5)) line.attributes["Expense Code"] = random.one_in(2) ? "6100" : " ";
    order.lines.push_back(std::move(line));
  }
  for (int i = random.between(0, 3); i > 0; --i)
    order.fees.push_back({"f" + std::to_string(i), "Fee " + std::to_string(i),
                          random_amount(random, -9'999, 9'999, 5)});
  return order;
}
