#pragma once

#include "erp/plugin.h"

#include <optional>
#include <string>
#include <vector>

namespace host::secrets {
class SecretStore;
}
namespace host::settings {
class Settings;
}
namespace host::services {
class Log;
class Notices;
class Attributes;
class Agenda;

// The table behind erp_host: the same for every plugin of this process.
const erp_host& host_table();
} // namespace host::services

// What stands behind one plugin's services. Everything it points to outlives the plugin's instance.
struct erp_host_ctx {
  std::string plugin;
  std::optional<std::vector<std::string>> granted; // the services it may have; nothing: all
  host::services::Log* log = nullptr;
  host::services::Notices* notices = nullptr;
  host::services::Attributes* attributes = nullptr;
  host::services::Agenda* agenda = nullptr;
  host::secrets::SecretStore* secrets = nullptr;
  host::settings::Settings* settings = nullptr;
};
