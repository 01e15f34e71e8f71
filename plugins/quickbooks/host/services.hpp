#pragma once

#include "core/secret/secret_string.hpp"
#include "erp/sdk/barrier.hpp"
#include "erp/sdk/document.hpp"
#include "erp/sdk/service.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qb::host {

using LogFields = std::vector<std::pair<std::string, std::string>>;

// The host's services as this plugin uses them. Threads: any.
class Services {
 public:
  // Throws erp::Failure (ERP_E_UNSUPPORTED) if one we cannot do without is missing: clock,
  // schedule, settings.
  Services(const erp_host& host, erp_host_ctx* ctx);

  erp::Instant now() const;
  std::int64_t monotonic_us() const;
  void request_job(std::string_view job, erp::Instant due_at) const;
  // Ids and codes only, never business data or a secret.
  void log(std::int32_t level, std::string_view message, const LogFields& fields = {}) const;
  std::string settings_json() const;

  void raise_notice(const std::string& key, std::int32_t severity, const std::string& title,
                    const std::string& text) const;
  void clear_notice(const std::string& key) const;

  // The users' own fields of order lines; the JSON of services/attributes.h.
  bool has_attributes() const { return attributes_ != nullptr; }
  std::string attribute_names_json() const;
  std::optional<std::string> attribute_json(const std::string& name) const; // nullopt: none

  bool has_secrets() const { return secrets_ != nullptr; }
  struct Secret {
    secret::SecretString text;
    std::uint64_t version = 0;
  };
  std::optional<Secret> versioned_secret(const std::string& key) const;
  std::optional<secret::SecretString> secret(const std::string& key) const;
  // In place of the one of that version; 0: only if there is none. False: there is another one.
  bool put_secret(const std::string& key, std::string_view value, std::uint64_t if_version) const;

 private:
  erp_host_ctx* ctx_;
  const erp_clock_v1* clock_;
  const erp_schedule_v1* schedule_;
  const erp_settings_host_v1* settings_;
  const erp_log_v1* log_;
  const erp_notice_v1* notice_;
  const erp_secrets_v1* secrets_;
  const erp_attributes_v1* attributes_;
};

} // namespace qb::host
