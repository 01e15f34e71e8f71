#pragma once

#include "erp/sdk/service.hpp"
#include "history.hpp"

#include <map>
#include <optional>
#include <string>

struct erp_host_ctx {}; // the table's functions know their host from it

namespace simulation {

// The host's side of the interface: clock, schedule, settings, secrets. It never fails here, and
// what it keeps survives every crash; requests for the job do not.
class Host : public erp_host_ctx {
 public:
  explicit Host(Clock& clock);

  const erp_host& table() const { return table_; }
  erp_host_ctx* context() { return this; }

  void set(const std::string& setting, const std::string& value);
  void put_secret(const std::string& key, const std::string& value);
  // When the job is due; nullopt: nobody asked for it. A run uses the request up.
  std::optional<erp::Instant> job_due() const { return job_due_; }
  void use_up_request() { job_due_.reset(); }

  struct Secret {
    std::string value;
    std::uint64_t version = 0;
  };
  // For the tables.
  Clock& clock() { return clock_; }
  void request(erp::Instant due);
  const std::map<std::string, std::string>& settings() const { return settings_; }
  std::map<std::string, Secret>& secrets() { return secrets_; }

 private:
  Clock& clock_;
  erp_host table_{};
  std::optional<erp::Instant> job_due_;
  std::map<std::string, std::string> settings_;
  std::map<std::string, Secret> secrets_;
};

} // namespace simulation
