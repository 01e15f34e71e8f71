#include "settings/host_settings.hpp"

#include "connect/redirect.hpp"
#include "settings/settings.hpp"

#include <algorithm>

namespace host::settings {

const std::vector<HostSetting>& host_setting_list() {
  static const std::vector<HostSetting> list = {
      {"callback_listen", "",
       "address and port on which `connect` waits for the browser, such as 127.0.0.1:8765; needed "
       "where redirect_url is a public page that passes requests on"},
      {"company_name", "Example Manufacturing", "the host's own company"},
      {"environment", "test", "what this system is: test, production, ..."},
      {"redirect_url", "",
       "the address registered with the other side, to which the browser comes back"},
      {"trial_minutes", "15",
       "how long a plugin that was upgraded is on trial, from its first use; one that fails is "
       "taken back by itself"}};
  return list;
}

namespace {

const HostSetting* find(const std::string& name) {
  for (const HostSetting& setting : host_setting_list())
    if (name == setting.name) return &setting;
  return nullptr;
}

constexpr std::size_t trial_digits_max = 5;

bool is_one_short_line(const std::string& text) {
  constexpr std::size_t length_max_bytes = 200;
  return text.size() <= length_max_bytes && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

Outcome<void> check(const std::string& name, const std::string& value) {
  if (name == "redirect_url" && !connect::is_redirect_url(value))
    return problem("redirect_url must be the whole address as it is registered, such as "
                   "https://erp.example.com/callback; http only for this machine "
                   "(http://localhost:8765/callback)");
  if (name == "callback_listen" && !connect::is_listen_address(value))
    return problem("callback_listen must be a numeric address and a port, such as 127.0.0.1:8765");
  if (name == "trial_minutes" && (value.size() > trial_digits_max ||
                                  value.find_first_not_of("0123456789") != std::string::npos))
    return problem("trial_minutes must be a number of minutes, such as 15");
  if (!is_one_short_line(value)) return problem(name + " must be one line of at most 200 bytes");
  return {};
}

} // namespace

Outcome<std::unique_ptr<HostSettings>> HostSettings::open(const home::Folders& folders) {
  auto values = read_values(folders.host_settings());
  if (!values) return tl::make_unexpected(values.error());
  return std::unique_ptr<HostSettings>(
      new HostSettings(folders.host_settings(), std::move(*values)));
}

std::string HostSettings::value(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second;
  const HostSetting* const known = find(name);
  return known ? known->fallback : "";
}

Values HostSettings::values() const {
  Values result;
  for (const HostSetting& setting : host_setting_list())
    result[setting.name] = value(setting.name);
  return result;
}

Outcome<void> HostSettings::set(const Values& changes) {
  const std::lock_guard lock(mutex_);
  Values changed = values_;
  for (const auto& [name, value] : changes) {
    if (!find(name)) {
      std::vector<std::string> names;
      for (const HostSetting& setting : host_setting_list())
        names.push_back(setting.name);
      return tl::make_unexpected(unknown_name(name, names));
    }
    if (value.empty()) {
      changed.erase(name);
      continue;
    }
    if (auto checked = check(name, value); !checked) return checked;
    changed[name] = value;
  }
  if (auto written = write_values(file_, changed); !written) return written;
  values_ = std::move(changed);
  return {};
}

} // namespace host::settings
