#include "core/settings/settings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

using namespace qb::settings;

namespace {

using Values = std::map<std::string, std::string>;

Values smallest() {
  return {{"environment", "sandbox"},
          {"client_id", "id"},
          {"client_secret", "set"},
          {"ap_account", "Accounts Payable (A/P)"},
          {"income_account", "4000"},
          {"inventory_asset_account", "Inventory Asset"},
          {"inventory_expense_account", "Costs:Parts"},
          {"fees_account", "5100"}};
}

Values emulator() {
  Values values = smallest();
  values["environment"] = "emulator";
  values["discovery_url"] = "https://127.0.0.1:8443/.well-known/openid_configuration";
  return values;
}

std::string json(const Values& values) {
  std::string out = "{";
  for (const auto& [name, value] : values)
    out += (out.size() > 1 ? ",\"" : "\"") + name + "\":\"" + value + "\"";
  return out + "}";
}

Values with(Values values, const std::string& name, const std::string& value) {
  values[name] = value;
  return values;
}

// The names of the settings that are complained about, each with a full sentence.
std::string problems(const std::string& text) {
  const auto parsed = parse(text);
  if (parsed) return "none";
  std::string names;
  for (const Problem& problem : parsed.error()) {
    CAPTURE(problem.what);
    CHECK(problem.what.size() > 20);
    CHECK(problem.what.back() == '.');
    CHECK(problem.what.starts_with(problem.setting));
    names += (names.empty() ? "" : " ") + problem.setting;
  }
  return names;
}
std::string problems(const Values& values) {
  return problems(json(values));
}

} // namespace

TEST_CASE("what must be set is enough, and the rest has its defaults") {
  const auto settings = parse(json(smallest()));
  REQUIRE(settings);
  CHECK(settings->environment == Environment::sandbox);
  CHECK(settings->client_secret_is_set);
  CHECK(settings->inventory_expense_account == "Costs:Parts");
  CHECK(settings->docnumber_format == "{id}");
  CHECK(settings->sync_parts);
  CHECK(settings->sync_orders);
  CHECK(settings->item_type == ItemType::inventory);
  CHECK(settings->missing_supplier == MissingSupplier::report);
  CHECK(settings->pace == Pace::documented);
  CHECK(settings->rate_share == erp::Decimal(1));
  CHECK_FALSE(settings->inventory_start_date);
}

TEST_CASE("a mistyped name is told with the name that was meant") {
  const auto told = [](const std::string& name) {
    const auto parsed = parse(json(with(smallest(), name, "x")));
    REQUIRE_FALSE(parsed);
    REQUIRE(parsed.error().size() == 1);
    return parsed.error()[0].what;
  };
  CHECK(told("docnumber_fromat") ==
        "docnumber_fromat is no setting of this plugin; did you mean docnumber_format? Correct its "
        "name, or remove it.");
  CHECK(told("ap_acount.EUR").find("did you mean ap_account.EUR?") != std::string::npos);
  CHECK(told("colour_of_the_page").find("remove it or correct its name.") != std::string::npos);
}

TEST_CASE("everything that can be set arrives") {
  Values values = emulator();
  values["api_base_url"] = "https://localhost:9000";
  values["ca_file"] = "state/tls/ca.pem";
  values["ap_account.EUR"] = "Payables EUR";
  values["ap_account.JPY"] = " 2010 ";
  values["class_attribute"] = "Class";
  values["expense_attribute"] = " Expense  Code ";
  values["docnumber_format"] = "PO-{number}";
  values["sync_parts"] = "off";
  values["sync_orders"] = "off";
  values["item_type"] = "by_kind";
  values["inventory_start_date"] = "2024-02-29";
  values["missing_supplier"] = "create";
  values["receipts"] = "none";
  values["cancelled_orders"] = "close";
  values["pace"] = "off";
  values["rate_share"] = "0.25";
  const auto settings = parse(json(values));
  REQUIRE(settings);
  CHECK(settings->api_base_url == "https://localhost:9000");
  CHECK(settings->ca_file == "state/tls/ca.pem");
  CHECK(settings->ap_account_for("EUR", "USD") == "Payables EUR");
  CHECK(settings->ap_account_for("JPY", "USD") == "2010");
  CHECK(settings->ap_account_for("USD", "USD") == "Accounts Payable (A/P)");
  CHECK(settings->ap_account_for("GBP", "USD") == "");
  CHECK(settings->ap_account_for("EUR", "EUR") == "Payables EUR");
  CHECK(settings->expense_attribute == " Expense  Code "); // the host's name, byte for byte
  CHECK(settings->docnumber_format == "PO-{number}");
  CHECK_FALSE(settings->sync_parts);
  CHECK_FALSE(settings->sync_orders);
  CHECK(settings->item_type == ItemType::by_kind);
  CHECK(settings->inventory_start_date == erp::Date{2024, 2, 29});
  CHECK(settings->missing_supplier == MissingSupplier::create);
  CHECK(settings->pace == Pace::off);
  CHECK(settings->rate_share == erp::Decimal(25, 2));
}

TEST_CASE("all problems are told at once, in the order of a set-up") {
  CHECK(problems("{}") ==
        "environment client_id client_secret ap_account income_account inventory_asset_account "
        "inventory_expense_account fees_account");
  Values values = smallest();
  values.erase("fees_account");
  values["receipts"] = "bills";
  values["collor"] = "red";
  CHECK(problems(values) == "fees_account receipts collor");
}

TEST_CASE("what is missing is told apart from what is wrong") {
  Values values = smallest();
  values.erase("fees_account");
  values["pace"] = "fast";
  const auto parsed = parse(json(values));
  REQUIRE_FALSE(parsed);
  REQUIRE(parsed.error().size() == 2);
  CHECK(parsed.error()[0].setting == "fees_account");
  CHECK(parsed.error()[0].is_missing);
  CHECK_FALSE(parsed.error()[1].is_missing);
}

TEST_CASE("an empty text is the same as none") {
  CHECK(problems(with(smallest(), "client_secret", "")) == "client_secret");
  CHECK(problems(with(smallest(), "ap_account", "  ")) == "ap_account");
  const auto settings = parse(json(with(with(smallest(), "receipts", ""), "ap_account.EUR", "")));
  REQUIRE(settings);
  CHECK(settings->ap_account_for("EUR", "USD") == "");
}

TEST_CASE("a wrong value is refused under its own name") {
  struct Row {
    const char* setting;
    const char* value;
  };
  for (const Row& row : {Row{"environment", "Sandbox"},
                         Row{"environment", "prod"},
                         Row{"sync_parts", "yes"},
                         Row{"item_type", "service"},
                         Row{"missing_supplier", "ask"},
                         Row{"cancelled_orders", "remove"},
                         Row{"receipts", "two_bills"},
                         Row{"closed_period", "open"},
                         Row{"sync_suppliers", "yes"},
                         Row{"tax_fee_names", " , "},
                         Row{"home_currency", "EUX"},
                         Row{"pace", "fast"},
                         Row{"rate_share", "0"},
                         Row{"rate_share", "1.1"},
                         Row{"rate_share", "-0.5"},
                         Row{"rate_share", "50%"},
                         Row{"rate_share", "1e-1"},
                         Row{"inventory_start_date", "2026-02-30"},
                         Row{"inventory_start_date", "31.01.2026"},
                         Row{"docnumber_format", "PO"},
                         Row{"docnumber_format", "{ID}"},
                         Row{"docnumber_format", "{id}{year}"},
                         Row{"docnumber_format", "A-PREFIX-OF-21-LETTER{id}"},
                         Row{"ap_account.EUX", "2000"},
                         Row{"ap_account.eur", "2000"},
                         Row{"ap_account.", "2000"},
                         Row{"ap_accounts", "2000"},
                         Row{"fees_account", "line\\nbreak"}}) {
    CAPTURE(row.setting);
    CAPTURE(row.value);
    CHECK(problems(with(smallest(), row.setting, row.value)) == row.setting);
  }
}

TEST_CASE("the fees that are taxes are listed with commas between, and some are taxes anyway") {
  const auto names = [](const Values& values) { return parse(json(values))->tax_fee_names; };
  CHECK(names(smallest()).size() == 8);
  CHECK(names(with(smallest(), "tax_fee_names", " Duty , GST,,")) ==
        std::vector<std::string>{"Duty", "GST"});
}

TEST_CASE("a setting that nothing would come of does not exist") {
  for (const char* name : {"home_country", "tax_codes"})
    CHECK(problems(with(smallest(), name, "hold")) == name);
}

TEST_CASE("the limits of Intuit may be passed over only in the emulator") {
  CHECK(problems(with(smallest(), "pace", "off")) == "pace");
  CHECK(problems(with(with(smallest(), "pace", "off"), "environment", "production")) == "pace");
  CHECK(problems(with(emulator(), "pace", "off")) == "none");
}

TEST_CASE("other addresses than Intuit's are only for the emulator, on this machine, over https") {
  CHECK(problems(with(smallest(), "discovery_url", "https://127.0.0.1/")) == "discovery_url");
  CHECK(problems(with(smallest(), "api_base_url", "https://127.0.0.1/")) == "api_base_url");
  CHECK(problems(with(smallest(), "ca_file", "ca.pem")) == "ca_file");
  Values without = emulator();
  without.erase("discovery_url");
  CHECK(problems(without) == "discovery_url");
  for (const char* bad :
       {"http://127.0.0.1:8443/", "https://example.com/", "https://127.0.0.1.example.com/",
        "https://localhost@example.com/", "https://user@localhost/", "https://localhost:0/",
        "https://localhost:99999/", "https://localhost:/", "https://localhost?x=1",
        "https://localhost#x", "https://localhost\\\\.example.com/", "https://127.0.0.1:8443/a?b=c",
        "localhost:8443", "https://", "https://[::2]/", "https://localhostx/"}) {
    CAPTURE(bad);
    CHECK(problems(with(emulator(), "discovery_url", bad)) == "discovery_url");
    CHECK(problems(with(emulator(), "api_base_url", bad)) == "api_base_url");
  }
  for (const char* good : {"https://localhost/", "https://127.0.0.1:1", "https://[::1]:8443/v3"}) {
    CAPTURE(good);
    CHECK(problems(with(emulator(), "api_base_url", good)) == "none");
  }
}

TEST_CASE("without an address of its own the API is where the discovery document is") {
  const auto settings = parse(json(emulator()));
  REQUIRE(settings);
  CHECK(settings->api_base_url == "https://127.0.0.1:8443");
  const auto slashed = parse(json(with(emulator(), "api_base_url", "https://localhost:1/")));
  REQUIRE(slashed);
  CHECK(slashed->api_base_url == "https://localhost:1");
}

TEST_CASE("what is no flat object of texts is refused") {
  for (const char* text : {"", "null", "[]", "\"a\"", "5", "{\"a\":", "[\"environment\"]"}) {
    CAPTURE(text);
    const auto parsed = parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().size() == 1);
    CHECK(parsed.error().front().what.starts_with("The settings"));
  }
  CHECK(problems(std::string(R"({"rate_share":0.5,"sync_parts":true,"a":null,"b":{"c":["d"]}})")) ==
        "rate_share sync_parts a b");
  CHECK(problems(std::string(R"({"a":"1","a":"2"})")) == "a");
  CHECK(problems(with(smallest(), "client_id", std::string(3000, 'x'))) == "client_id");
  CHECK_FALSE(parse(std::string(1'000'000, ' ')));
  CHECK_FALSE(parse(std::string(100'000, '[')));
}

TEST_CASE("no problem shows the secret") {
  const auto parsed = parse(json(with(with(smallest(), "client_secret", "hunter2"), "pace", "x")));
  REQUIRE_FALSE(parsed);
  for (const Problem& problem : parsed.error())
    CHECK(problem.what.find("hunter2") == std::string::npos);
}
