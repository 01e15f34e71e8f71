#pragma once

#include "delivery/delivery.hpp"

namespace host::jobs {

struct Drained {
  std::int64_t delivered = 0; // by this drain
  std::int64_t blocked = 0;   // standing now, as far as the plugin tells
  std::int64_t waiting = 0;   // in the plugin, and in the host's log for it
  std::optional<std::int64_t> next_due;
  int exit_code = 0;
  std::string message; // why it cannot deliver
};

// Hands over what the log still has, then runs the plugin's job "deliver" again and again, waiting
// for later due times, until nothing is open or `timeout_us` went by.
Drained drain(instances::Instance& instance, delivery::Delivery& delivery,
              eventlog::EventLog& events, std::int64_t timeout_us, const terminal::Cancel& cancel,
              const delivery::Tell& tell);

} // namespace host::jobs
