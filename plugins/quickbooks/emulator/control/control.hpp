#pragma once
#include "control/request_log.hpp"
#include "gateway/companies.hpp"
#include "gateway/counts.hpp"
#include "gateway/throttle.hpp"
#include "mischief/mischief.hpp"
#include "oauth/connections.hpp"
#include "oauth/consent.hpp"
#include "oauth/endpoints.hpp"
#include "server/exchange.hpp"
#include "state/clock.hpp"

#include <nlohmann/json_fwd.hpp>

namespace emulator::control {

// What the control calls steer.
struct Panel {
  state::Clock& clock;
  gateway::Companies& companies;
  gateway::Counts& counts;
  gateway::Throttle& throttle;
  oauth::Connections& connections;
  oauth::Consent& consent;
  oauth::Endpoints& endpoints;
  mischief::Mischief& mischief;
  RequestLog& log;
};

inline constexpr const char* control_prefix = "/_emulator/";

// The calls under /_emulator/, for tests. They are never delayed, counted, throttled or spoiled.
// Any thread.
class Control {
 public:
  explicit Control(const Panel& panel) : panel_(panel) {}
  void serve_at(const std::string& base_url) { base_url_ = base_url; }
  server::Reply answer(const server::Request& request);

 private:
  server::Reply app(const server::Request& request);
  server::Reply clock(const server::Request& request);
  server::Reply companies(const server::Request& request);
  server::Reply objects(const server::Request& request);
  server::Reply consent(const server::Request& request);
  server::Reply counts(const server::Request& request);
  server::Reply faults(const server::Request& request);
  server::Reply requests(const server::Request& request);
  server::Reply request_ids(const server::Request& request);
  server::Reply reset();
  server::Reply throttle(const server::Request& request);
  server::Reply token(const server::Request& request);
  server::Reply tokens(const server::Request& request);
  // The realm of ?company=, or an empty one when it is not asked for; nothing when there is none.
  std::optional<std::string> realm_of(const std::string& company) const;

  Panel panel_;
  std::string base_url_;
};

// Choices of a company as the consent page and `company=` of the control calls want them.
std::vector<oauth::CompanyChoice> choices(const gateway::Companies& companies);

} // namespace emulator::control
