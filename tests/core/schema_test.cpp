#include "core/settings/settings.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using nlohmann::json;

namespace {

const json& schema() {
  static const json parsed = json::parse(qb::settings::schema_json());
  return parsed;
}

bool satisfies(const json& values) {
  valijson::Schema compiled;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schema()),
                                          compiled);
  valijson::ValidationResults results;
  return valijson::Validator().validate(compiled, valijson::adapters::NlohmannJsonAdapter(values),
                                        &results);
}

bool parses(const json& values) {
  return qb::settings::parse(values.dump()).has_value();
}

json smallest() {
  json values = json::object();
  for (const auto& name : schema()["required"])
    values[name.get<std::string>()] = "something";
  values["environment"] = "sandbox";
  return values;
}

} // namespace

TEST_CASE("every setting has a title and a description for an administrator") {
  const auto check = [](const std::string& name, const json& property) {
    CAPTURE(name);
    CHECK(property.at("type") == "string");
    CHECK(property.at("title").get<std::string>().size() > 5);
    const auto description = property.at("description").get<std::string>();
    CHECK(description.size() > 30);
    CHECK(description.back() == '.');
  };
  for (const auto& [name, property] : schema()["properties"].items())
    check(name, property);
  for (const auto& [name, property] : schema()["patternProperties"].items())
    check(name, property);
  CHECK(schema()["additionalProperties"] == false);
  CHECK(schema()["properties"]["client_secret"]["writeOnly"] == true);
  CHECK(schema()["$schema"] == "http://json-schema.org/draft-07/schema#");
}

TEST_CASE("there is no setting but these") {
  const std::set<std::string> wanted = {"environment",
                                        "host_environment",
                                        "discovery_url",
                                        "api_base_url",
                                        "ca_file",
                                        "client_id",
                                        "client_secret",
                                        "ap_account",
                                        "income_account",
                                        "inventory_asset_account",
                                        "inventory_expense_account",
                                        "fees_account",
                                        "class_attribute",
                                        "expense_attribute",
                                        "home_currency",
                                        "tax_code",
                                        "tax_attribute",
                                        "purchase_tax_account",
                                        "tax_fee_names",
                                        "sync_suppliers",
                                        "docnumber_format",
                                        "sync_parts",
                                        "sync_orders",
                                        "item_type",
                                        "inventory_start_date",
                                        "missing_supplier",
                                        "receipts",
                                        "closed_period",
                                        "cancelled_orders",
                                        "pace",
                                        "rate_share"};
  std::set<std::string> found;
  for (const auto& [name, property] : schema()["properties"].items())
    found.insert(name);
  CHECK(found == wanted);
}

TEST_CASE("what the schema requires is what parsing misses") {
  REQUIRE(satisfies(smallest()));
  REQUIRE(parses(smallest()));
  for (const auto& name : schema()["required"]) {
    json values = smallest();
    values.erase(name.get<std::string>());
    CAPTURE(name.get<std::string>());
    CHECK_FALSE(satisfies(values));
    CHECK_FALSE(parses(values));
  }
}

TEST_CASE("every default and every choice of the schema is parsed") {
  json defaults = smallest();
  for (const auto& [name, property] : schema()["properties"].items()) {
    if (property.contains("default")) defaults[name] = property["default"];
    if (!property.contains("enum")) continue;
    for (const auto& choice : property["enum"]) {
      json values = smallest();
      values["environment"] = "emulator";
      values["discovery_url"] = "https://localhost:1/";
      values[name] = choice;
      if (name == "environment" && choice != "emulator") values.erase("discovery_url");
      CAPTURE(values.dump());
      CHECK(satisfies(values));
      CHECK(parses(values));
    }
    json values = smallest();
    values[name] = "no such choice";
    CHECK_FALSE(satisfies(values));
    CHECK_FALSE(parses(values));
  }
  CHECK(satisfies(defaults));
  CHECK(parses(defaults));
}

TEST_CASE("schema and parsing agree on accounts of currencies and on patterns") {
  const auto both = [](const char* name, const char* value) {
    json values = smallest();
    values[name] = value;
    CAPTURE(name);
    CAPTURE(value);
    const bool schema_says = satisfies(values);
    CHECK(schema_says == parses(values));
    return schema_says;
  };
  CHECK(both("ap_account.EUR", "2000"));
  CHECK_FALSE(both("ap_account.euro", "2000"));
  CHECK_FALSE(both("ap_account.EURO", "2000"));
  CHECK_FALSE(both("no_such_setting", "x"));
  CHECK(both("rate_share", "0.5"));
  CHECK(both("rate_share", "1"));
  CHECK(both("rate_share", "1.0"));
  CHECK_FALSE(both("rate_share", "1.5"));
  CHECK_FALSE(both("rate_share", "-0.5"));
  CHECK(both("inventory_start_date", "2026-01-31"));
  CHECK_FALSE(both("inventory_start_date", "31/01/2026"));
}
