#include "services/host_ctx.hpp"

#include "erp/sdk/barrier.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "host_version.hpp"
#include "secrets/secret_store.hpp"
#include "services/agenda.hpp"
#include "services/attributes.hpp"
#include "services/clock.hpp"
#include "services/log.hpp"
#include "services/notices.hpp"
#include "settings/settings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

// The C side of the host's services. Each function is a fence: nothing thrown leaves it.
namespace host::services {
namespace {

constexpr std::size_t notice_length_max_bytes = 64 * 1024;

std::string text_of(const erp_str& text) {
  return std::string(erp::view(text));
}

erp_status answer(erp_error* error, const Problem& problem) {
  return erp::report(error, problem.status, problem.message);
}

// --- erp.log/1

std::string text_of(const erp_value& value) {
  switch (value.kind) {
  case ERP_VALUE_BOOL:
    return value.as.integer ? "true" : "false";
  case ERP_VALUE_INT:
    return std::to_string(value.as.integer);
  case ERP_VALUE_STRING:
    return text_of(value.as.text);
  case ERP_VALUE_DECIMAL: {
    const auto number = erp::Decimal::from_c(value.as.decimal);
    return number ? number->to_string() : "";
  }
  case ERP_VALUE_DATE:
    return erp::to_string(erp::Date{value.as.date.year, value.as.date.month, value.as.date.day});
  case ERP_VALUE_INSTANT:
    return erp::to_rfc3339(value.as.instant);
  default:
    return "";
  }
}

void log_write(erp_host_ctx* ctx, std::int32_t level, erp_str message, erp_attrs fields) noexcept {
  erp::guarded(nullptr, [&] {
    std::string line = text_of(message);
    for (std::size_t i = 0; i < fields.count; ++i)
      line += " " + text_of(fields.items[i].key) + "=" + text_of(fields.items[i].value);
    const Level as = level <= ERP_LOG_DEBUG     ? Level::debug
                     : level == ERP_LOG_INFO    ? Level::info
                     : level == ERP_LOG_WARNING ? Level::warning
                                                : Level::error;
    ctx->log->write(as, ctx->plugin, ctx->secrets->scrubbed(line));
    return ERP_OK;
  });
}

// --- erp.secrets/1

erp_status secrets_get(erp_host_ctx* ctx, erp_str key, const erp_sink* out,
                       std::uint64_t* version_out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto secret = ctx->secrets->find(text_of(key));
    if (!secret) return erp::report(error, ERP_E_NOT_FOUND, "there is no such secret");
    if (version_out) *version_out = secret->version;
    erp::write_all(*out, secret->value);
    return erp_status{ERP_OK};
  });
}

erp_status secrets_put(erp_host_ctx* ctx, erp_str key, erp_str value, std::uint64_t if_version,
                       std::uint64_t* new_version, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto put = ctx->secrets->put(text_of(key), erp::view(value), if_version);
    if (!put) return answer(error, put.error());
    if (new_version) *new_version = *put;
    return erp_status{ERP_OK};
  });
}

erp_status secrets_erase(erp_host_ctx* ctx, erp_str key, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto erased = ctx->secrets->erase(text_of(key));
    return erased ? erp_status{ERP_OK} : answer(error, erased.error());
  });
}

// --- erp.clock/1, erp.schedule/1

erp_instant clock_now(erp_host_ctx*) noexcept {
  return now_us();
}
std::int64_t clock_monotonic(erp_host_ctx*) noexcept {
  return monotonic_us();
}

erp_status schedule_request(erp_host_ctx* ctx, erp_str job, erp_instant due_at,
                            erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    ctx->agenda->request(text_of(job), due_at);
    return erp_status{ERP_OK};
  });
}

// --- erp.notice/1

erp_status notice_raise(erp_host_ctx* ctx, const erp_notice* notice, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    if (!notice || !ERP_HAS(erp_notice, notice, text))
      return erp::report(error, ERP_E_INVALID, "the notice is missing or older than 1.0");
    const auto& [size, severity, key, title, text] = *notice;
    if (key.len == 0 || key.len + title.len + text.len > notice_length_max_bytes)
      return erp::report(error, ERP_E_INVALID, "a notice needs a key, and at most 64 KiB of text");
    const auto clean = [&](const erp_str& part) { return ctx->secrets->scrubbed(text_of(part)); };
    ctx->notices->raise({ctx->plugin, text_of(key), severity, clean(title), clean(text), now_us()});
    return erp_status{ERP_OK};
  });
}

erp_status notice_clear(erp_host_ctx* ctx, erp_str key, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    ctx->notices->clear(ctx->plugin, text_of(key));
    return erp_status{ERP_OK};
  });
}

// --- erp.settings-host/1, erp.attributes/1

erp_status settings_read(erp_host_ctx* ctx, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, settings::to_json(ctx->settings->values()));
    return erp_status{ERP_OK};
  });
}

erp_status attributes_describe(erp_host_ctx* ctx, erp_str key, const erp_sink* out,
                               erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto all = ctx->attributes->all();
    if (!all) return answer(error, all.error());
    const auto found = all->find(text_of(key));
    if (found == all->end())
      return erp::report(error, ERP_E_NOT_FOUND, "there is no attribute of this name");
    erp::write_all(*out, to_json(found->first, found->second));
    return erp_status{ERP_OK};
  });
}

erp_status attributes_list(erp_host_ctx* ctx, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto all = ctx->attributes->all();
    if (!all) return answer(error, all.error());
    nlohmann::json names = nlohmann::json::array();
    for (const auto& [key, attribute] : *all)
      names.push_back(key);
    erp::write_all(*out, names.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return erp_status{ERP_OK};
  });
}

constexpr erp_log_v1 log_table{log_write};
constexpr erp_secrets_v1 secrets_table{secrets_get, secrets_put, secrets_erase};
constexpr erp_clock_v1 clock_table{clock_now, clock_monotonic};
constexpr erp_schedule_v1 schedule_table{schedule_request};
constexpr erp_notice_v1 notice_table{notice_raise, notice_clear};
constexpr erp_settings_host_v1 settings_table{settings_read};
constexpr erp_attributes_v1 attributes_table{attributes_describe, attributes_list};

const void* get_service(erp_host_ctx* ctx, const char* id) noexcept {
  const std::string_view wanted = id ? id : "";
  if (!ctx) return nullptr; // whose would it be?
  if (ctx->granted &&
      std::find(ctx->granted->begin(), ctx->granted->end(), wanted) == ctx->granted->end())
    return nullptr;
  if (wanted == ERP_SERVICE_LOG) return &log_table;
  if (wanted == ERP_SERVICE_SECRETS) return &secrets_table;
  if (wanted == ERP_SERVICE_CLOCK) return &clock_table;
  if (wanted == ERP_SERVICE_SCHEDULE) return &schedule_table;
  if (wanted == ERP_SERVICE_NOTICE) return &notice_table;
  if (wanted == ERP_SERVICE_SETTINGS) return &settings_table;
  if (wanted == ERP_SERVICE_ATTRIBUTES) return &attributes_table;
  return nullptr;
}

} // namespace

const erp_host& host_table() {
  static const erp_host table{sizeof(erp_host), ERP_ABI_MINOR, erp::borrow("erp-host"),
                              erp::borrow(program_version), get_service};
  return table;
}

} // namespace host::services
