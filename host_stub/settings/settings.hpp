#pragma once

#include "home/folders.hpp"
#include "secrets/secret_store.hpp"
#include "settings/schema.hpp"

#include <mutex>

namespace host::settings {

constexpr const char* secret_stands_as = "set";

// The settings of one plugin: plain ones in DIR/settings/<id>.json, secret ones in its secrets
// under "setting/<name>". Any thread.
class Settings {
 public:
  static Outcome<std::unique_ptr<Settings>>
  open(const home::Folders& folders, const std::string& plugin, secrets::SecretStore& secrets);
  // As the plugin sees them: secret ones stand as "set".
  Values values() const;
  Values plain() const; // without the secret ones
  // Durable. `plain` replaces all plain ones; a secret of `secret_changes` with an empty value
  // goes.
  Outcome<void> replace(const Values& plain, const Values& secret_changes);

 private:
  Settings(std::filesystem::path file, secrets::SecretStore& secrets)
      : file_(std::move(file)), secrets_(secrets) {}
  const std::filesystem::path file_;
  secrets::SecretStore& secrets_;
  mutable std::mutex mutex_;
  Values plain_;
};

// A flat JSON object of strings in a file of its own; empty if there is none.
Outcome<Values> read_values(const std::filesystem::path& file);
Outcome<void> write_values(const std::filesystem::path& file, const Values& values);

} // namespace host::settings
