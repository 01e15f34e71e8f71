#pragma once

#include "eventlog/event_log.hpp"
#include "instances/instance.hpp"
#include "services/log.hpp"
#include "services/notices.hpp"
#include "terminal/cancel.hpp"

#include <functional>

namespace host::delivery {

struct Totals {
  std::int64_t delivered = 0;   // the hook said OK
  std::int64_t refused = 0;     // the hook said: never again
  std::int64_t not_offered = 0; // the plugin has no hook for this kind
};

// Words for a person about one event that was refused, or fails again and again.
using Tell = std::function<void(const std::string& line)>;

// Hands the events of the log to a plugin's hooks: at least once, in order within one ordering
// key, different keys at the same time. Any thread; for one plugin one at a time.
class Delivery {
 public:
  Delivery(eventlog::EventLog& log, services::Notices& notices, services::Log& host_log)
      : events_(log), notices_(notices), log_(host_log) {}

  // Everything that is due now.
  Totals hand_over(instances::Instance& instance, const terminal::Cancel& cancel, const Tell& tell);
  // As hand_over, and goes on with what the hooks refuse for now until `deadline` (of the monotonic
  // clock) comes first.
  Totals hand_over_until(instances::Instance& instance, std::int64_t deadline_us,
                         const terminal::Cancel& cancel, const Tell& tell);

 private:
  void report(instances::Instance& instance, const eventlog::Delivery& delivery,
              const eventlog::Settled& settled, const Tell& tell);

  eventlog::EventLog& events_;
  services::Notices& notices_;
  services::Log& log_;
};

} // namespace host::delivery
