#pragma once

#include "erp/erp.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

// What stands behind the services of the embedding host: one for each plugin. Any thread.
struct erp_host_ctx {
  struct Secret {
    std::string value;
    std::uint64_t version = 0;
  };
  mutable std::mutex mutex; // over what follows it
  std::map<std::string, Secret> secrets;
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> notices;
  std::optional<erp_instant> job_due; // the last request
  std::atomic<erp_status> secrets_status{ERP_OK};
  std::function<erp_instant()> now;
};

namespace fault_matrix {

const erp_host& host_table();

} // namespace fault_matrix
