#include "services/attributes.hpp"

#include "home/files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::services {
namespace {

using nlohmann::json;

bool is_string_list(const json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const json& item) { return item.is_string(); });
}

Outcome<Attributes::All> read(const std::filesystem::path& file) {
  const auto text = home::read_private_file(file);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return Attributes::All();
  const json content = json::parse(**text, nullptr, false);
  if (!content.is_object()) return problem(file.string() + " is no JSON object", ERP_E_STORAGE);
  Attributes::All all;
  for (const auto& [key, value] : content.items()) {
    const json options = value.is_object() ? value.value("options", json::array()) : json();
    if (!value.is_object() || !value.value("kind", json()).is_string() || !is_string_list(options))
      return problem(file.string() + ": \"" + key +
                         "\" must be {\"kind\": \"...\", \"options\": [\"...\"]}",
                     ERP_E_STORAGE);
    all[key] = {value.at("kind").get<std::string>(), options.get<std::vector<std::string>>()};
  }
  return all;
}

} // namespace

const std::vector<std::string>& attribute_kinds() {
  static const std::vector<std::string> kinds = {"select", "text", "number", "date", "checkbox"};
  return kinds;
}

Outcome<Attributes::All> Attributes::all() const {
  const std::lock_guard lock(mutex_);
  return read(file_);
}

Outcome<void> Attributes::write(const All& all) {
  json content = json::object();
  for (const auto& [key, attribute] : all)
    content[key] = {{"kind", attribute.kind}, {"options", attribute.options}};
  return home::replace_file(file_,
                            content.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

Outcome<void> Attributes::set(const std::string& key, const Attribute& attribute) {
  if (key.empty()) return problem("an attribute needs a name");
  const std::lock_guard lock(mutex_);
  auto all = read(file_);
  if (!all) return tl::make_unexpected(all.error());
  (*all)[key] = attribute;
  return write(*all);
}

Outcome<void> Attributes::remove(const std::string& key) {
  const std::lock_guard lock(mutex_);
  auto all = read(file_);
  if (!all) return tl::make_unexpected(all.error());
  if (all->erase(key) == 0)
    return problem("there is no attribute \"" + key + "\"", ERP_E_NOT_FOUND);
  return write(*all);
}

std::string to_json(const std::string& key, const Attribute& attribute) {
  return json{{"key", key}, {"kind", attribute.kind}, {"options", attribute.options}}.dump(
      -1, ' ', false, json::error_handler_t::replace);
}

} // namespace host::services
