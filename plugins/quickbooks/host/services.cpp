#include "host/services.hpp"

#include "erp/sdk/borrowed.hpp"

namespace qb::host {
namespace {

template <class Table>
const Table* required(const erp_host& host, erp_host_ctx* ctx) {
  const Table* table = erp::service<Table>(host, ctx);
  if (!table)
    throw erp::Failure{ERP_E_UNSUPPORTED, std::string("This plugin needs the host's service ") +
                                              erp::TableId<Table>::value +
                                              ", which it does not offer."};
  return table;
}

std::string words_of(const erp_error& error) {
  return std::string(error.message, std::min<std::size_t>(error.message_len, sizeof error.message));
}

std::int32_t ERP_CALL append_secret(void* text, const char* data, std::size_t size) noexcept {
  try {
    static_cast<secret::SecretString*>(text)->append(data, size);
    return ERP_OK;
  } catch (...) {
    return ERP_E_INTERNAL;
  }
}

} // namespace

Services::Services(const erp_host& host, erp_host_ctx* ctx)
    : ctx_(ctx), clock_(required<erp_clock_v1>(host, ctx)),
      schedule_(required<erp_schedule_v1>(host, ctx)),
      settings_(required<erp_settings_host_v1>(host, ctx)),
      log_(erp::service<erp_log_v1>(host, ctx)), notice_(erp::service<erp_notice_v1>(host, ctx)),
      secrets_(erp::service<erp_secrets_v1>(host, ctx)),
      attributes_(erp::service<erp_attributes_v1>(host, ctx)) {}

erp::Instant Services::now() const {
  return clock_->now(ctx_);
}
std::int64_t Services::monotonic_us() const {
  return clock_->monotonic_us(ctx_);
}

void Services::request_job(std::string_view job, erp::Instant due_at) const {
  // A host that cannot schedule now is asked again by the next hook, and at activation.
  schedule_->request(ctx_, erp::borrow(job), due_at, nullptr);
}

void Services::log(std::int32_t level, std::string_view message, const LogFields& fields) const {
  if (!log_) return;
  std::vector<erp_attr> attributes;
  attributes.reserve(fields.size());
  for (const auto& [key, value] : fields) {
    erp_attr attribute{};
    attribute.key = erp::borrow(key);
    attribute.value.kind = ERP_VALUE_STRING;
    attribute.value.as.text = erp::borrow(value);
    attributes.push_back(attribute);
  }
  log_->write(ctx_, level, erp::borrow(message), erp_attrs{attributes.data(), attributes.size()});
}

std::string Services::settings_json() const {
  erp::TextSink sink;
  erp_error error{};
  if (const erp_status status = settings_->read(ctx_, sink.c(), &error); status < 0)
    throw erp::Failure{status, "The host could not read the settings: " + words_of(error)};
  return sink.text();
}

std::string Services::attribute_names_json() const {
  if (!attributes_) return "[]";
  erp::TextSink sink;
  erp_error error{};
  if (const erp_status status = attributes_->list(ctx_, sink.c(), &error); status < 0)
    throw erp::Failure{status, "The host could not list its attributes: " + words_of(error)};
  return sink.text();
}

std::optional<std::string> Services::attribute_json(const std::string& name) const {
  if (!attributes_) return std::nullopt;
  erp::TextSink sink;
  erp_error error{};
  const erp_status status = attributes_->describe(ctx_, erp::borrow(name), sink.c(), &error);
  if (status == ERP_E_NOT_FOUND) return std::nullopt;
  if (status < 0)
    throw erp::Failure{status, "The host could not tell of an attribute: " + words_of(error)};
  return sink.text();
}

void Services::raise_notice(const std::string& key, std::int32_t severity, const std::string& title,
                            const std::string& text) const {
  if (!notice_) return;
  const erp_notice notice = {sizeof notice, severity, erp::borrow(key), erp::borrow(title),
                             erp::borrow(text)};
  notice_->raise(ctx_, &notice, nullptr);
}

void Services::clear_notice(const std::string& key) const {
  if (notice_) notice_->clear(ctx_, erp::borrow(key), nullptr);
}

std::optional<Services::Secret> Services::versioned_secret(const std::string& key) const {
  if (!secrets_) return std::nullopt;
  Secret secret;
  const erp_sink sink{&secret.text, append_secret};
  erp_error error{};
  const erp_status status = secrets_->get(ctx_, erp::borrow(key), &sink, &secret.version, &error);
  if (status == ERP_E_NOT_FOUND) return std::nullopt;
  if (status < 0)
    throw erp::Failure{status, "The host could not read a secret: " + words_of(error)};
  return secret;
}

std::optional<secret::SecretString> Services::secret(const std::string& key) const {
  auto found = versioned_secret(key);
  if (!found) return std::nullopt;
  return std::move(found->text);
}

bool Services::put_secret(const std::string& key, std::string_view value,
                          std::uint64_t if_version) const {
  if (!secrets_) throw erp::Failure{ERP_E_UNSUPPORTED, "The host offers no secrets store."};
  erp_error error{};
  const erp_status status =
      secrets_->put(ctx_, erp::borrow(key), erp::borrow(value), if_version, nullptr, &error);
  if (status == ERP_E_CONFLICT) return false;
  if (status < 0)
    throw erp::Failure{status, "The host could not keep a secret: " + words_of(error)};
  return true;
}

} // namespace qb::host
