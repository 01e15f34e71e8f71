#pragma once
#include "gateway/companies.hpp"
#include "gateway/counts.hpp"
#include "gateway/throttle.hpp"
#include "oauth/connections.hpp"
#include "server/exchange.hpp"

namespace emulator::gateway {

// Everything under /v3/company/{realm}/: is the caller let in, not too often, and to which company.
// Any thread.
class Gateway {
 public:
  Gateway(const oauth::Connections& connections, Companies& companies, Throttle& throttle,
          Counts& counts, const state::Clock& clock);

  static bool owns(const std::string& path);
  server::Reply answer(const server::Request& request);

 private:
  server::Reply served(const server::Request& request, const std::string& realm,
                       const std::string& rest);
  void count(const std::string& realm, const server::Reply& reply, const Call& call, bool replayed);

  const oauth::Connections& connections_;
  Companies& companies_;
  Throttle& throttle_;
  Counts& counts_;
  const state::Clock& clock_;
};

inline constexpr const char* company_prefix = "/v3/company/";

} // namespace emulator::gateway
