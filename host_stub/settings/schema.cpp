#include "settings/schema.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace host::settings {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::size_t named_values_max = 20;

const json& object_member(const json& of, const char* name) {
  static const json nothing = json::object();
  const auto found = of.find(name);
  return found != of.end() && found->is_object() ? *found : nothing;
}

// Without what only the whole object can satisfy.
json without_joint_rules(json schema) {
  for (const char* name : {"required", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
                           "dependencies", "minProperties"})
    schema.erase(name);
  return schema;
}

std::string first_of(const valijson::ValidationResults& results) {
  valijson::ValidationResults copy = results;
  valijson::ValidationResults::Error error;
  std::string words;
  while (copy.popError(error)) { // the first is the most general, the last the closest
    std::string path;
    for (const std::string& step : error.context)
      if (step != "<root>") path += step;
    words = (path.empty() ? "" : path + ": ") + error.description;
  }
  return words.empty() ? "the settings do not fit the plugin's schema" : words;
}

std::string text_of(const json* rules, const char* member) {
  const auto found = rules && rules->is_object() ? rules->find(member) : json::const_iterator();
  const bool there = rules && rules->is_object() && found != rules->end() && found->is_string();
  return there ? found->get<std::string>() : "";
}

// With the letters of what stands behind the last point, or of all of it, turned: eur -> EUR.
std::vector<std::string> in_other_letters(const std::string& name) {
  const std::size_t point = name.rfind('.');
  std::string upper = name, lower = name;
  for (std::size_t i = point == std::string::npos ? 0 : point + 1; i < name.size(); ++i)
    upper[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[i])));
  for (char& c : lower)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return {upper, lower};
}

} // namespace

struct Schema::Parsed {
  json text;
  valijson::Schema whole;
  valijson::Schema each;

  const json& properties() const { return object_member(text, "properties"); }
  const json* rules_of(const std::string& name) const {
    const auto found = properties().find(name);
    if (found != properties().end()) return &*found;
    for (const auto& [pattern, rules] : object_member(text, "patternProperties").items())
      if (std::regex_search(name, std::regex(pattern))) return &rules;
    return nullptr;
  }
};

Schema::Schema(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema::~Schema() = default;

Outcome<Schema> Schema::parse(const std::string& text) {
  auto parsed = std::make_unique<Parsed>();
  parsed->text = json::parse(text, nullptr, false);
  if (!parsed->text.is_object())
    return problem("the plugin's settings schema is no JSON object", ERP_E_INTERNAL);
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const json each = without_joint_rules(parsed->text);
    parser.populateSchema(Adapter(parsed->text), parsed->whole);
    parser.populateSchema(Adapter(each), parsed->each);
    for (const auto& [pattern, rules] : object_member(parsed->text, "patternProperties").items())
      (void)std::regex(pattern);
  } catch (const std::exception& error) {
    return problem(std::string("the plugin's settings schema is broken: ") + error.what(),
                   ERP_E_INTERNAL);
  }
  return Schema(std::move(parsed));
}

bool Schema::is_known(const std::string& name) const {
  return parsed_->rules_of(name) ||
         (parsed_->text.value("additionalProperties", json(true)) != json(false) &&
          parsed_->properties().empty() && parsed_->text.contains("additionalProperties"));
}

bool Schema::is_secret(const std::string& name) const {
  const json* const rules = parsed_->rules_of(name);
  return rules && rules->is_object() && rules->value("writeOnly", json(false)) == json(true);
}

Schema::About Schema::about(const std::string& name) const {
  const json* const rules = parsed_->rules_of(name);
  About about;
  about.title = text_of(rules, "title");
  about.description = text_of(rules, "description");
  if (const std::string fallback = text_of(rules, "default"); !fallback.empty())
    about.fallback = fallback;
  if (rules && rules->contains("enum") && rules->at("enum").is_array())
    for (const json& choice : rules->at("enum"))
      if (choice.is_string()) about.choices.push_back(choice.get<std::string>());
  const auto missing = missing_in({});
  about.required = std::find(missing.begin(), missing.end(), name) != missing.end();
  return about;
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> result;
  for (const auto& [name, rules] : parsed_->properties().items())
    result.push_back(name);
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<std::string> Schema::missing_in(const Values& values) const {
  std::vector<std::string> missing;
  const auto required = parsed_->text.find("required");
  if (required == parsed_->text.end() || !required->is_array()) return missing;
  for (const json& name : *required)
    if (name.is_string() && !values.count(name.get<std::string>())) missing.push_back(name);
  return missing;
}

Outcome<void> Schema::check_name(const std::string& name) const {
  if (is_known(name)) return {};
  for (const std::string& other : in_other_letters(name))
    if (is_known(other)) return tl::make_unexpected(did_you_mean(name, {other}));
  return tl::make_unexpected(unknown_name(name, names()));
}

std::string Schema::wrong_with(const std::string& name, const std::string& value) const {
  if (auto known = check_name(name); !known) return known.error().message;
  const json one = {{name, value}};
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(parsed_->each, Adapter(one), &results)) return "";
  std::string allowed;
  for (const std::string& choice : about(name).choices)
    allowed += (allowed.empty() ? "" : ", ") + choice;
  if (!allowed.empty()) return name + ": must be one of " + allowed;
  const std::string pattern = text_of(parsed_->rules_of(name), "pattern");
  return name + ": " + (pattern.empty() ? first_of(results) : "must look like " + pattern);
}

Outcome<void> Schema::check_each(const Values& values) const {
  std::string words;
  for (const auto& [name, value] : values)
    if (const std::string wrong = wrong_with(name, value); !wrong.empty())
      words += (words.empty() ? "" : "\n") + wrong;
  if (words.empty()) return {};
  return problem(words);
}

Outcome<void> Schema::check_whole(const Values& values) const {
  std::string missing;
  for (const std::string& name : missing_in(values))
    missing += (missing.empty() ? "" : ", ") + name;
  if (!missing.empty()) return problem("not set yet: " + missing, ERP_E_CONFIG);
  const json whole = values;
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(parsed_->whole, Adapter(whole), &results)) return {};
  return problem(first_of(results), ERP_E_CONFIG);
}

} // namespace host::settings
