#include "host.hpp"

#include "erp/sdk/borrowed.hpp"

#include <cstring>

namespace simulation {
namespace {

Host& of(erp_host_ctx* context) {
  return *static_cast<Host*>(context);
}

erp_instant ERP_CALL now(erp_host_ctx* context) noexcept {
  return of(context).clock().now;
}
std::int64_t ERP_CALL monotonic_us(erp_host_ctx* context) noexcept {
  return of(context).clock().now;
}
constexpr erp_clock_v1 clock_table{now, monotonic_us};

erp_status ERP_CALL request(erp_host_ctx* context, erp_str, erp_instant due, erp_error*) noexcept {
  of(context).request(due);
  return ERP_OK;
}
constexpr erp_schedule_v1 schedule_table{request};

erp_status ERP_CALL read_settings(erp_host_ctx* context, const erp_sink* out, erp_error*) noexcept {
  std::string json = "{";
  for (const auto& [name, value] : of(context).settings())
    json += (json.size() > 1 ? ",\"" : "\"") + name + "\":\"" + value + "\"";
  json += "}";
  return out->write(out->ctx, json.data(), json.size());
}
constexpr erp_settings_host_v1 settings_table{read_settings};

erp_status ERP_CALL secret(erp_host_ctx* context, erp_str key, const erp_sink* out,
                           std::uint64_t* version, erp_error*) noexcept {
  const auto found = of(context).secrets().find(std::string(erp::view(key)));
  if (found == of(context).secrets().end()) return ERP_E_NOT_FOUND;
  if (version) *version = found->second.version;
  return out->write(out->ctx, found->second.value.data(), found->second.value.size());
}

erp_status ERP_CALL put_secret(erp_host_ctx* context, erp_str key, erp_str value,
                               std::uint64_t if_version, std::uint64_t* new_version,
                               erp_error*) noexcept {
  Host::Secret& held = of(context).secrets()[std::string(erp::view(key))];
  if (held.version != if_version) return ERP_E_CONFLICT;
  held = {std::string(erp::view(value)), if_version + 1};
  if (new_version) *new_version = held.version;
  return ERP_OK;
}

erp_status ERP_CALL erase_secret(erp_host_ctx* context, erp_str key, erp_error*) noexcept {
  of(context).secrets().erase(std::string(erp::view(key)));
  return ERP_OK;
}
constexpr erp_secrets_v1 secrets_table{secret, put_secret, erase_secret};

const void* ERP_CALL service(erp_host_ctx*, const char* id) noexcept {
  if (std::strcmp(id, ERP_SERVICE_CLOCK) == 0) return &clock_table;
  if (std::strcmp(id, ERP_SERVICE_SCHEDULE) == 0) return &schedule_table;
  if (std::strcmp(id, ERP_SERVICE_SETTINGS) == 0) return &settings_table;
  if (std::strcmp(id, ERP_SERVICE_SECRETS) == 0) return &secrets_table;
  return nullptr;
}

} // namespace

Host::Host(Clock& clock) : clock_(clock) {
  table_.struct_size = sizeof table_;
  table_.abi_minor = ERP_ABI_MINOR;
  table_.get_service = service;
}

void Host::set(const std::string& setting, const std::string& value) {
  settings_[setting] = value;
}

void Host::put_secret(const std::string& key, const std::string& value) {
  Secret& held = secrets_[key];
  held = {value, held.version + 1};
}

void Host::request(erp::Instant due) {
  if (!job_due_ || due < *job_due_) job_due_ = due;
}

} // namespace simulation
