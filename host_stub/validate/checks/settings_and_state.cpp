#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "outcome/problem.hpp"
#include "settings/schema.hpp"
#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

namespace host::validate {
namespace {

// Every setting says what it is, and its default is one that it would take.
settings::Schema look_at(const std::string& text) {
  auto parsed = settings::Schema::parse(text);
  if (!parsed) fail("a JSON Schema (draft-07) of a flat object of strings", parsed.error().message);
  settings::Values defaults;
  for (const std::string& name : parsed->names()) {
    const auto about = parsed->about(name);
    require(!about.title.empty() && !about.description.empty(),
            "every setting has a title and a description", name + " has not");
    if (about.fallback) defaults[name] = *about.fallback;
  }
  const auto checked = parsed->check_each(defaults);
  if (!checked) fail("every default satisfies its own schema", checked.error().message);
  return std::move(*parsed);
}

erp_status validated(const Instance& instance, const std::string& json, erp_error* error) {
  const auto* const table = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  erp_status status = ERP_E_INTERNAL;
  instance.host().inside(
      [&] { status = table->validate(instance.raw(), erp::borrow(json), error); });
  return status;
}

bool is_complete(const Subject& subject, const settings::Schema& schema) {
  return !subject.settings.empty() || schema.missing_in({}).empty();
}

void expect_good(const Instance& instance, const Subject& subject, const settings::Schema& schema) {
  if (!is_complete(subject, schema)) return; // none to try
  auto values = subject.settings;
  for (const std::string& name : schema.names())
    if (schema.is_secret(name) && values.count(name)) values[name] = "set";
  const auto checked = schema.check_whole(values);
  if (!checked)
    fail(subject.settings.empty() ? "without a value for anything, the schema is satisfied"
                                  : "the settings of --settings satisfy the schema",
         checked.error().message);
  step("erp.settings/1 validate");
  erp_error error{};
  const erp_status status = validated(instance, settings::to_json(values), &error);
  require(status >= 0, "validate() takes settings that satisfy the schema",
          words_of(status, error));
}

void expect_no_harm(const Instance& instance) {
  const std::string megabyte(1'000'000, '{');
  for (const std::string& json :
       {std::string(), std::string("{"), std::string("null"), std::string("{\"a\":"),
        std::string("{\"\\ud800\":\"\xff\"}"), std::string("{\"a\":{\"a\":[1e999]}}"), megabyte}) {
    step("erp.settings/1 validate(" + json.substr(0, 16) + "...)");
    erp_error error{};
    const erp_status status = validated(instance, json, &error);
    require(status >= ERP_E_NOT_CONNECTED, "one of the statuses of erp/status.h",
            std::to_string(status));
  }
}

// What has all that it asks for must start, or no host can use it.
void expect_life(Instance& instance) {
  erp_error error{};
  const erp_status status = instance.activate(&error);
  if (status < 0) {
    instance.destroy();
    fail("an instance with settings that satisfy the schema can be activated",
         "it declines: " + words_of(status, error));
  }
  const auto* const table = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  if (table) {
    const std::string json = instance.host().settings_json();
    erp_status applied = ERP_E_INTERNAL;
    step("erp.settings/1 apply, of the settings it runs with");
    instance.host().inside(
        [&] { applied = table->apply(instance.raw(), erp::borrow(json), &error); });
    require(applied >= 0, "apply() takes the settings that it runs with", words_of(applied, error));
  }
  instance.end();
}

void run(const Subject& subject) {
  TrialHost host(subject, "settings", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  if (!instance.table(ERP_INTERFACE_SETTINGS)) {
    expect_life(instance);
    skip("it has no settings: it offers no erp.settings/1");
  }
  const std::string text = instance.schema();
  const settings::Schema schema = look_at(text);
  require(instance.schema() == text, "the same schema at every call", "another at the second");
  expect_good(instance, subject, schema);
  expect_no_harm(instance);
  if (!is_complete(subject, schema)) {
    instance.destroy();
    skip("its schema is in order; whether it can be activated was not tried, since it needs " +
         joined(schema.missing_in({})) + ": give them with --settings FILE.json");
  }
  expect_life(instance);
}

} // namespace

const Check settings_and_state = {
    "settings-and-state",
    "ext/settings.h",
    "a schema that a host can show, defaults that satisfy it, and a plugin that starts with them",
    "The host draws the page on which an administrator sets a plugin up from the schema alone, and "
    "refuses what the schema refuses.",
    "Give each property \"title\" and \"description\"; take each \"default\" from its own "
    "\"enum\"; "
    "answer schema() and validate() from create() on; decline in activate() only what validate() "
    "refuses, or what is wrong on this machine.",
    run,
    "Whether a setting does what its description says; whether state of an older version can be "
    "read."};

} // namespace host::validate
