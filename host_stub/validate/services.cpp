// The services of the trial host, each as its header in erp/services/ says.
#include "erp/sdk/borrowed.hpp"
#include "validate/trial_host.hpp"

#include <chrono>
#include <cstring>

namespace host::validate {
namespace {

std::string text(const erp_str& str) {
  return std::string(erp::view(str));
}

void ERP_CALL write_log(erp_host_ctx* ctx, std::int32_t level, erp_str message,
                        erp_attrs fields) noexcept {
  TrialHost* const host = host_of(ctx, "erp.log/1 write()");
  if (!host) return;
  std::string line = "log " + std::to_string(level) + " " + text(message);
  for (std::size_t i = 0; i < fields.count; ++i) {
    line += " " + text(fields.items[i].key) + "=";
    if (fields.items[i].value.kind == ERP_VALUE_STRING) line += text(fields.items[i].value.as.text);
  }
  host->hear(line);
}

template <class Wanted>
std::int64_t time_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(Wanted::now().time_since_epoch())
      .count();
}
erp_instant ERP_CALL now(erp_host_ctx* ctx) noexcept {
  host_of(ctx, "erp.clock/1 now()");
  return time_us<std::chrono::system_clock>();
}
std::int64_t ERP_CALL monotonic_us(erp_host_ctx* ctx) noexcept {
  host_of(ctx, "erp.clock/1 monotonic_us()");
  return time_us<std::chrono::steady_clock>();
}

erp_status ERP_CALL request(erp_host_ctx* ctx, erp_str job, erp_instant, erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.schedule/1 request()");
  if (!host) return ERP_E_INVALID;
  host->hear("job " + text(job));
  return ERP_OK;
}

erp_status ERP_CALL raise(erp_host_ctx* ctx, const erp_notice* notice, erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.notice/1 raise()");
  if (!host || !notice || !ERP_HAS(erp_notice, notice, text)) return ERP_E_INVALID;
  host->hear("notice " + text(notice->key) + " " + text(notice->title) + " " + text(notice->text));
  return ERP_OK;
}
erp_status ERP_CALL clear(erp_host_ctx* ctx, erp_str, erp_error*) noexcept {
  return host_of(ctx, "erp.notice/1 clear()") ? ERP_OK : ERP_E_INVALID;
}

erp_status ERP_CALL read_settings(erp_host_ctx* ctx, const erp_sink* out, erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.settings-host/1 read()");
  if (!host) return ERP_E_INVALID;
  const std::string json = host->settings_json();
  return out->write(out->ctx, json.data(), json.size());
}

erp_status ERP_CALL get_secret(erp_host_ctx* ctx, erp_str key, const erp_sink* out,
                               std::uint64_t* version, erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.secrets/1 get()", Lasts::may_block);
  if (!host) return ERP_E_INVALID;
  std::string value;
  {
    const std::lock_guard lock(host->mutex());
    const auto found = host->secrets.find(text(key));
    if (found == host->secrets.end() && !host->any_secret) return ERP_E_NOT_FOUND;
    const auto& secret = found == host->secrets.end() ? *host->any_secret : found->second;
    value = secret.value;
    if (version) *version = secret.version;
  }
  return out->write(out->ctx, value.data(), value.size());
}
erp_status ERP_CALL put_secret(erp_host_ctx* ctx, erp_str key, erp_str value,
                               std::uint64_t if_version, std::uint64_t* new_version,
                               erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.secrets/1 put()", Lasts::may_block);
  if (!host) return ERP_E_INVALID;
  const std::lock_guard lock(host->mutex());
  const auto found = host->secrets.find(text(key));
  const std::uint64_t version = found == host->secrets.end() ? 0 : found->second.version;
  if (version != if_version) return ERP_E_CONFLICT;
  host->secrets[text(key)] = {text(value), version + 1};
  host->keep_secret(text(value));
  if (new_version) *new_version = version + 1;
  return ERP_OK;
}
erp_status ERP_CALL erase_secret(erp_host_ctx* ctx, erp_str key, erp_error*) noexcept {
  TrialHost* const host = host_of(ctx, "erp.secrets/1 erase()", Lasts::may_block);
  if (!host) return ERP_E_INVALID;
  const std::lock_guard lock(host->mutex());
  host->secrets.erase(text(key));
  return ERP_OK;
}

erp_status ERP_CALL describe(erp_host_ctx* ctx, erp_str, const erp_sink*, erp_error*) noexcept {
  return host_of(ctx, "erp.attributes/1 describe()") ? ERP_E_NOT_FOUND : ERP_E_INVALID;
}
erp_status ERP_CALL list(erp_host_ctx* ctx, const erp_sink* out, erp_error*) noexcept {
  if (!host_of(ctx, "erp.attributes/1 list()")) return ERP_E_INVALID;
  return out->write(out->ctx, "[]", 2);
}

constexpr erp_log_v1 log_table = {write_log};
constexpr erp_clock_v1 clock_table = {now, monotonic_us};
constexpr erp_schedule_v1 schedule_table = {request};
constexpr erp_notice_v1 notice_table = {raise, clear};
constexpr erp_settings_host_v1 settings_table = {read_settings};
constexpr erp_secrets_v1 secrets_table = {get_secret, put_secret, erase_secret};
constexpr erp_attributes_v1 attributes_table = {describe, list};

constexpr std::pair<const char*, const void*> tables[] = {
    {ERP_SERVICE_LOG, &log_table},
    {ERP_SERVICE_CLOCK, &clock_table},
    {ERP_SERVICE_SCHEDULE, &schedule_table},
    {ERP_SERVICE_NOTICE, &notice_table},
    {ERP_SERVICE_SETTINGS, &settings_table},
    {ERP_SERVICE_SECRETS, &secrets_table},
    {ERP_SERVICE_ATTRIBUTES, &attributes_table}};

const void* ERP_CALL service(erp_host_ctx* ctx, const char* id) noexcept {
  const TrialHost* const host = host_of(ctx, "get_service()");
  if (!host || !id || host->is_withheld(id)) return nullptr;
  for (const auto& [name, table] : tables)
    if (std::strcmp(name, id) == 0) return table;
  return nullptr;
}

} // namespace

const erp_host& trial_host_table() {
  static constexpr char name[] = "erp-host validate", version[] = "1";
  static constexpr erp_host table = {sizeof(erp_host),
                                     ERP_ABI_MINOR,
                                     {name, sizeof name - 1},
                                     {version, sizeof version - 1},
                                     service};
  return table;
}

const std::vector<std::string>& trial_services() {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> all;
    for (const auto& [name, table] : tables)
      all.emplace_back(name);
    return all;
  }();
  return ids;
}

} // namespace host::validate
