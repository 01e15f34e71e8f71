#pragma once
#include "control/control.hpp"
#include "gateway/gateway.hpp"
#include "server/patience.hpp"

#include <chrono>

namespace emulator {

// The first door: sorts requests to OAuth, the API and the control calls, and adds what a network
// and a test put in between: latency, accidents, a transaction id, the log. Any thread.
class Front {
 public:
  Front(control::Control& control, gateway::Gateway& gateway, const control::Panel& panel,
        server::Patience& patience, std::chrono::milliseconds latency);

  server::Reply answer(const server::Request& request);

 private:
  server::Reply served(const server::Request& request);

  control::Control& control_;
  gateway::Gateway& gateway_;
  control::Panel panel_;
  server::Patience& patience_;
  std::chrono::milliseconds latency_;
};

} // namespace emulator
