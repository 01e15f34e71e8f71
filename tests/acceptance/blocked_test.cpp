#include "acceptance/people.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace acceptance;

namespace {

constexpr int lines_over_the_limit = 10'001;

// A document that QuickBooks would not take, and what a person must be able to read about it.
struct Trouble {
  std::string why;
  Order order;
  std::string names;     // the title or the meaning names the culprit
  std::string hint = ""; // the remedy does
  std::string also = ""; // another document that it holds up
  std::string amount = "125 USD";
};

Order order(const std::string& id, const Line& line) {
  Order made = order_numbered(id);
  made.lines = {line};
  return made;
}

Line classed(const std::string& name) {
  return {.klass = name};
}

Line of_part(const std::string& id, const std::string& number, const std::string& revision) {
  return {.part = Part{.id = id, .number = number, .revision = revision}};
}

Order from(Order made, const std::string& supplier) {
  made.supplier.name = supplier;
  return made;
}

std::vector<Trouble> troubles() {
  const std::string number_of_22 = "PO-0000000000000000022";
  Order long_memo = order_numbered("2040"), empty = order_numbered("2041"),
        free_fee = order_numbered("2042"), huge = order_numbered("2043"),
        foreign = order_numbered("2044"), no_currency = order_numbered("2045"),
        odd_price = order_numbered("2047"), taken = order_numbered("2048");
  long_memo.memo = std::string(4001, 'm');
  empty.lines.clear();
  free_fee.lines.clear();
  free_fee.fees = {Fee{.amount = "0"}};
  const Line penny{.part = std::nullopt,
                   .quantity = "1",
                   .unit_cost = "0.01",
                   .total = "0.01",
                   .expense_code = "Tooling"};
  huge.lines.assign(lines_over_the_limit, penny);
  for (int i = 0; i < lines_over_the_limit; ++i)
    huge.lines[static_cast<std::size_t>(i)].id = std::to_string(i + 1);
  foreign.currency = foreign.supplier.currency = "EUR";
  no_currency.currency = "XQX";
  odd_price.lines[0].quantity = "3000000000";
  odd_price.lines[0].unit_cost = "0.0000000001";
  odd_price.lines[0].total = "0.1";
  return {
      {"an unknown expense code", order("2001", coded("Shop Suplies")), "Shop Suplies",
       "Shop Supplies"},
      {"an ambiguous expense code", order("2002", coded("Paint")), "Paint", "Tooling:Paint"},
      {"an inactive account", order("2003", coded("Scrap")), "Scrap"},
      {"an unknown class", order("2004", classed("Produktion")), "Produktion", "Production"},
      {"an ambiguous class", order("2005", classed("Assembly")), "Assembly", "Production:Assembly"},
      {"an inactive class", order("2006", classed("Prototypes")), "Prototypes"},
      {"an unknown supplier", from(order_numbered("2007"), "Hiks Hardware"), "Hiks Hardware",
       "Hicks Hardware"},
      {"an inactive supplier", from(order_numbered("2008"), "Old Mill Tooling"),
       "Old Mill Tooling"},
      {"an ambiguous supplier", from(order_numbered("2009"), "LINDQVIST bearings"),
       "LINDQVIST bearings", "Lindqvist  Bearings"},
      {"an inactive item", order("2010", of_part("P-10", "820412-001", "A")), "820412-001 Rev A"},
      {"two items that could be the part", order("2011", of_part("P-11", "555-01", "C")),
       "555-01 Rev C", "brass"},
      {"a part without a number", order("2012", of_part("P-12", " ", "B")), "without a number", "",
       "part/P-12"},
      {"a number of 22 characters", order_numbered(number_of_22), "21 characters"},
      {"a memo over 4000 characters", long_memo, "4000 characters"},
      {"no line and no fee", empty, "nothing to order", "", "", "0 USD"},
      {"no line and a fee of nothing", free_fee, "nothing to order", "", "", "0 USD"},
      {"over 10,000 lines", huge, "10000", "", "", "100.01 USD"},
      {"a foreign currency without multicurrency", foreign, "EUR", "", "", "125 EUR"},
      {"a currency there is none of", no_currency, "XQX", "", "", "125 XQX"},
      {"a price that needs more decimals than there are", odd_price, "0.1", "", "", "0.1 USD"},
      {"a number that another document carries", taken, "2048"},
  };
}

void prepare_books(const World& world) {
  add_account(world, "Paint", in_books(world, "Account", "Tooling"));
  add_account(world, "Paint", in_books(world, "Account", "Supplies"));
  add_class(world, "Assembly", in_books(world, "Class", "R&D"));
  add_vendor(world, "Lindqvist  Bearings");
  add_item(world, "555-01 Rev C, steel");
  add_item(world, "555-01 Rev C, brass");
  add_order(world, "2048", "Northgate Steel");
}

} // namespace

TEST_CASE("each document that QuickBooks would not take is held alone, in plain words") {
  World world({.connected = false});
  prepare_books(world);
  world.connect();

  const std::vector<Trouble> all = troubles();
  std::string lines;
  int good = 0;
  for (const Trouble& trouble : all) {
    lines += po_ordered("bad " + trouble.order.id, trouble.order);
    lines +=
        po_ordered("good " + std::to_string(good), order_numbered(std::to_string(3000 + good)));
    ++good;
  }
  CHECK(world.emit(lines).exit_code == 0); // each is a valid event
  const auto drained = world.host({"drain", "quickbooks", "--timeout", "240", "--json"});
  CHECK(drained.exit_code == 2);

  // The others flowed on.
  CHECK(world.count("PurchaseOrder") == static_cast<std::size_t>(good) + 1);
  for (int i = 0; i < good; ++i)
    CHECK(state_of(world, "purchase_order/" + std::to_string(3000 + i)) == "delivered");

  const Json issues = world.run_json({"inbox", "list"});
  CHECK(issues.size() == all.size());
  std::set<std::string> causes;
  const Json told = notices(world);
  for (const Trouble& trouble : all) {
    CAPTURE(trouble.why);
    const std::string subject = "purchase_order/" + trouble.order.id;
    const Json issue = issue_of(issues, subject);
    CAPTURE(issue.dump());
    reads_plainly(issue);
    causes.insert(issue["cause"].text());
    CHECK(issue["state"].text() == "open");
    CHECK(has(issue["title"].text() + " " + issue["meaning"].text(), trouble.names));
    CHECK(has(issue["remedy"].text(), trouble.hint));
    CHECK(amounts_of(issue) == trouble.amount);
    std::vector<std::string> documents = {subject};
    if (!trouble.also.empty()) documents.push_back(trouble.also);
    CHECK(documents_of(issue) == documents);
    // QuickBooks was not asked.
    CHECK(issue["quickbooks_says"].is_null());
    CHECK(issue["code"].is_null());
    CHECK(issue["intuit_tid"].is_null());
    // What it holds up is what the outbox says.
    const Json entry = entry_of(world, trouble.also.empty() ? subject : trouble.also);
    CHECK(entry["state"].text() == "blocked");
    CHECK(entry["issue_id"].text() == issue["id"].text());
    // The host's own people are told as well, once.
    int times = 0;
    for (const Json& notice : told)
      times += notice["title"].text() == issue["title"].text() ? 1 : 0;
    CHECK(times == 1);
  }
  CHECK(causes.size() == all.size());
  CHECK(told.size() == all.size());

  const Json report = Json::parse(drained.out);
  CHECK(report["blocked"].integer() == static_cast<std::int64_t>(all.size()) + 1); // the part
  CHECK(report["waiting"].integer() == 0);
  CHECK(report["next_due"].is_null());

  // For a person at a terminal the same is text.
  const std::string text = world.must({"run", "quickbooks", "inbox", "list"}).out;
  for (const Json& issue : issues)
    CHECK(has(text, issue["title"].text()));
  CHECK(has(text, "What to do: "));

  // Looking again changes nothing and sends nothing.
  world.reset_counts();
  CHECK(world.drain().exit_code == 2);
  CHECK(world.counted("writes") == 0);
  CHECK(world.open_issues().size() == all.size());
}

TEST_CASE(
    "names of attributes are taken byte for byte: what differs in case is another attribute") {
  const World world;
  const Order order = [] {
    Order made = order_numbered("1042");
    made.lines[0].klass = "No such class";
    made.lines.push_back({.id = "2",
                          .part = std::nullopt,
                          .description = "Rags",
                          .quantity = std::nullopt,
                          .unit_cost = std::nullopt,
                          .total = "9.9",
                          .expense_code = "No such code"});
    return made;
  }();
  std::string line =
      with(po_ordered("e-1", order), "\"Class\":\"No such class\"", "\"class\":\"No such class\"");
  line = with(line, "\"Expense Code\":\"No such code\"", "\"Expense code\":\"No such code\"");
  world.deliver(line);
  const Json written = world.purchase_order("1042");
  CHECK_FALSE(written["Line"].at(0)["ItemBasedExpenseLineDetail"].has("ClassRef"));
  const Json& account = written["Line"].at(1)["AccountBasedExpenseLineDetail"]["AccountRef"];
  CHECK(account["value"].text() == in_books(world, "Account", "Cost of Goods Sold")["Id"].text());

  // Spelled as in the settings they count, and then nothing falls back silently.
  CHECK(world
            .emit(po_ordered("e-2",
                             [&] {
                               Order again = order;
                               again.id = "1043";
                               return again;
                             }()))
            .exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == 2);
  CHECK(world.count("PurchaseOrder") == 1);
}

TEST_CASE("an account that stocked items cannot use is named at connect, not at the first part") {
  World world({.settings = {{"inventory_expense_account", "Shop Supplies"}}, .connected = false});
  world.connect();
  const Json issues = world.open_issues();
  REQUIRE(issues.size() == 1);
  CHECK(has(issues.at(0)["title"].text(), "Shop Supplies"));
  CHECK(has(issues.at(0)["meaning"].text(), "Cost of Goods Sold"));
  world.set({{"inventory_expense_account", "Cost of Goods Sold"}});
  world.must({"run", "quickbooks", "refresh"});
  CHECK(world.open_issues().size() == 0);
}

TEST_CASE("an account of the settings that QuickBooks does not have is told when connecting") {
  World world({.settings = {{"income_account", "Sales of Dreams"},
                            {"ap_account", "Checking"},
                            {"fees_account", "Scrap"}},
               .connected = false});
  world.connect();
  const Json issues = world.open_issues();
  CHECK(issues.size() == 3);
  std::string titles;
  for (const Json& issue : issues) {
    reads_plainly(issue);
    CHECK(issue["documents"].size() == 0);
    titles += issue["title"].text() + "\n";
  }
  CHECK(has(titles, "Sales of Dreams"));
  CHECK(has(titles, "Checking"));
  CHECK(has(titles, "Scrap"));

  // A document that needs one of them joins that issue.
  Order order = order_numbered("1042");
  order.fees = {Fee()};
  CHECK(world.emit(po_ordered("e-1", order)).exit_code == 0);
  CHECK(world.drain().exit_code == 2);
  CHECK(world.open_issues().size() == 3);
  int joined = 0;
  for (const Json& issue : world.open_issues()) {
    if (has(issue["title"].text(), "Sales of Dreams")) continue; // that is for its item, later
    CHECK(documents_of(issue) == std::vector<std::string>{"purchase_order/1042"});
    CHECK(amounts_of(issue) == "140 USD");
    ++joined;
  }
  CHECK(joined == 2);
  CHECK(world.count("PurchaseOrder") == 0);
}
