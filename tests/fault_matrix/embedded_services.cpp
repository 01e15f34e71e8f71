#include "embedded_services.hpp"

#include "acceptance/json.hpp"
#include "erp/sdk/barrier.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "machine.h"

#include <cstring>
#include <time.h>

namespace fault_matrix {
namespace {

// What happens in here is the host's, and meets no fault.
class AtHome {
 public:
  AtHome() : was_(machine_out()) {}
  ~AtHome() { machine_back(was_); }
  AtHome(const AtHome&) = delete;
  AtHome& operator=(const AtHome&) = delete;

 private:
  int was_;
};

std::string text_of(const erp_str& text) {
  return std::string(erp::view(text));
}

void log_write(erp_host_ctx*, std::int32_t, erp_str, erp_attrs) noexcept {}

erp_instant now(erp_host_ctx* ctx) noexcept {
  return ctx->now();
}
std::int64_t monotonic_us(erp_host_ctx*) noexcept {
  struct timespec time {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000LL + time.tv_nsec / 1000;
}

erp_status request(erp_host_ctx* ctx, erp_str, erp_instant due_at, erp_error*) noexcept {
  const std::lock_guard lock(ctx->mutex);
  ctx->job_due = due_at;
  return ERP_OK;
}

erp_status secret_get(erp_host_ctx* ctx, erp_str key, const erp_sink* out, std::uint64_t* version,
                      erp_error* error) noexcept {
  return erp::guarded(error, [&]() -> erp_status {
    std::string value;
    {
      const AtHome at_home;
      if (ctx->secrets_status < 0)
        return erp::report(error, ctx->secrets_status, "the vault is away");
      const std::lock_guard lock(ctx->mutex);
      const auto found = ctx->secrets.find(text_of(key));
      if (found == ctx->secrets.end()) return erp::report(error, ERP_E_NOT_FOUND, "no such secret");
      if (version) *version = found->second.version;
      value = found->second.value;
    }
    erp::write_all(*out, value);
    return ERP_OK;
  });
}

erp_status secret_put(erp_host_ctx* ctx, erp_str key, erp_str value, std::uint64_t if_version,
                      std::uint64_t* new_version, erp_error* error) noexcept {
  const AtHome at_home;
  return erp::guarded(error, [&]() -> erp_status {
    if (ctx->secrets_status < 0)
      return erp::report(error, ctx->secrets_status, "the vault is away");
    const std::lock_guard lock(ctx->mutex);
    auto& secret = ctx->secrets[text_of(key)];
    if (secret.version != if_version) return erp::report(error, ERP_E_CONFLICT, "changed");
    secret = {text_of(value), if_version + 1};
    if (new_version) *new_version = secret.version;
    return ERP_OK;
  });
}

erp_status secret_erase(erp_host_ctx* ctx, erp_str key, erp_error*) noexcept {
  const AtHome at_home;
  const std::lock_guard lock(ctx->mutex);
  ctx->secrets.erase(text_of(key));
  return ERP_OK;
}

erp_status notice_raise(erp_host_ctx* ctx, const erp_notice* notice, erp_error*) noexcept {
  const AtHome at_home;
  const std::lock_guard lock(ctx->mutex);
  ctx->notices[text_of(notice->key)] = text_of(notice->title) + "\n" + text_of(notice->text);
  return ERP_OK;
}

erp_status notice_clear(erp_host_ctx* ctx, erp_str key, erp_error*) noexcept {
  const AtHome at_home;
  const std::lock_guard lock(ctx->mutex);
  ctx->notices.erase(text_of(key));
  return ERP_OK;
}

erp_status settings_read(erp_host_ctx* ctx, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&]() -> erp_status {
    std::string text;
    {
      const AtHome at_home;
      acceptance::Json json = acceptance::Json::object();
      for (const auto& [name, value] : ctx->settings)
        json.set(name, value);
      text = json.dump();
    }
    erp::write_all(*out, text);
    return ERP_OK;
  });
}

constexpr erp_log_v1 log_table{log_write};
constexpr erp_clock_v1 clock_table{now, monotonic_us};
constexpr erp_schedule_v1 schedule_table{request};
constexpr erp_secrets_v1 secrets_table{secret_get, secret_put, secret_erase};
constexpr erp_notice_v1 notice_table{notice_raise, notice_clear};
constexpr erp_settings_host_v1 settings_table{settings_read};

const void* get_service(erp_host_ctx*, const char* id) noexcept {
  const std::pair<const char*, const void*> offered[] = {
      {ERP_SERVICE_LOG, &log_table},           {ERP_SERVICE_CLOCK, &clock_table},
      {ERP_SERVICE_SCHEDULE, &schedule_table}, {ERP_SERVICE_SECRETS, &secrets_table},
      {ERP_SERVICE_NOTICE, &notice_table},     {ERP_SERVICE_SETTINGS, &settings_table}};
  for (const auto& [known, table] : offered)
    if (std::strcmp(known, id) == 0) return table;
  return nullptr;
}

} // namespace

const erp_host& host_table() {
  static const erp_host table{sizeof(erp_host), ERP_ABI_MINOR, erp::borrow("embedding host"),
                              erp::borrow("1.0"), get_service};
  return table;
}

} // namespace fault_matrix
