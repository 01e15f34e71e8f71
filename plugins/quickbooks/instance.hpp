#pragma once

#include "connector.hpp"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

// What erp_instance* points to.
struct erp_instance {
  const erp_host* host = nullptr;
  erp_host_ctx* ctx = nullptr;
  std::string data_dir, environment;
  std::shared_mutex mutex;                  // over `connector` itself, not over what it does
  std::shared_ptr<qb::Connector> connector; // null: not activated

  // Throws erp::Failure if the instance is not active.
  std::shared_ptr<qb::Connector> active() {
    std::shared_lock lock(mutex);
    if (!connector) throw erp::Failure{ERP_E_SHUTTING_DOWN, "The plugin is not active."};
    return connector;
  }
};
