#pragma once

#include "home/folders.hpp"
#include "settings/schema.hpp"

#include <mutex>

namespace host::settings {

struct HostSetting {
  const char* name;
  const char* fallback;
  const char* meaning;
};
// All there are.
const std::vector<HostSetting>& host_setting_list();

// What the host itself can be told: DIR/host-settings.json. Any thread.
class HostSettings {
 public:
  static Outcome<std::unique_ptr<HostSettings>> open(const home::Folders& folders);
  std::string value(const std::string& name) const; // the fallback where nothing is set
  Values values() const;
  Outcome<void> set(const Values& changes); // an empty value goes back to the fallback

 private:
  HostSettings(std::filesystem::path file, Values values)
      : file_(std::move(file)), values_(std::move(values)) {}
  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  Values values_;
};

} // namespace host::settings
