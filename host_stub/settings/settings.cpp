#include "settings/settings.hpp"

#include "home/files.hpp"

#include <nlohmann/json.hpp>

namespace host::settings {
namespace {

using nlohmann::json;
constexpr std::string_view secret_prefix = "setting/";

} // namespace

Outcome<Values> read_values(const std::filesystem::path& file) {
  const auto text = home::read_private_file(file);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return Values();
  const json content = json::parse(**text, nullptr, false);
  if (!content.is_object()) return problem(file.string() + " is no JSON object", ERP_E_STORAGE);
  Values values;
  for (const auto& [name, value] : content.items()) {
    if (!value.is_string())
      return problem(file.string() + ": \"" + name + "\" must be a string", ERP_E_STORAGE);
    values[name] = value.get<std::string>();
  }
  return values;
}

Outcome<void> write_values(const std::filesystem::path& file, const Values& values) {
  return home::replace_file(file, json(values).dump(2) + "\n");
}

Outcome<std::unique_ptr<Settings>> Settings::open(const home::Folders& folders,
                                                  const std::string& plugin,
                                                  secrets::SecretStore& secrets) {
  std::unique_ptr<Settings> settings(new Settings(folders.settings_of(plugin), secrets));
  auto plain = read_values(settings->file_);
  if (!plain) return tl::make_unexpected(plain.error());
  settings->plain_ = std::move(*plain);
  return settings;
}

Values Settings::values() const {
  const std::lock_guard lock(mutex_);
  Values values = plain_;
  for (const std::string& key : secrets_.keys())
    if (key.rfind(secret_prefix, 0) == 0)
      values[key.substr(secret_prefix.size())] = secret_stands_as;
  return values;
}

Values Settings::plain() const {
  const std::lock_guard lock(mutex_);
  return plain_;
}

Outcome<void> Settings::replace(const Values& plain, const Values& secret_changes) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, value] : secret_changes) {
    const std::string key = std::string(secret_prefix) + name;
    const auto changed = value.empty() ? secrets_.erase(key) : secrets_.set(key, value);
    if (!changed) return changed;
  }
  if (auto written = write_values(file_, plain); !written) return written;
  plain_ = plain;
  return {};
}

} // namespace host::settings
