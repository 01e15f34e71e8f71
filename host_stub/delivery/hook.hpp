#pragma once

#include "erp/sdk/document.hpp"
#include "instances/instance.hpp"

namespace host::delivery {

// What a hook said to one event.
struct Said {
  bool offered = true; // false: the plugin has no hook for this kind
  erp_status status = ERP_OK;
  std::uint32_t retry_after_ms = 0;
  std::string message; // of a failure
};

// Calls the hook of the event's kind, in the caller's thread.
Said call_hook(instances::Instance& instance, const erp::Event& event, std::uint64_t sequence,
               std::uint32_t attempt);

} // namespace host::delivery
