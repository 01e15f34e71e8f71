// The C fence: translate, catch, nothing else.
#include "plugin.hpp"

#include "erp/sdk/borrowed.hpp"
#include "instance.hpp"

#include <array>
#include <cstring>
#include <utility>

namespace {

using erp::guarded;

constexpr const char* plugin_version = LEDGERHOOK_VERSION;

erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* ctx,
                           const erp_instance_config* config, erp_instance** out,
                           erp_error* error) noexcept {
  return guarded(error, [&] {
    if (!host || !config || !out || !ERP_HAS(erp_instance_config, config, data_dir) ||
        erp::view(config->data_dir).empty())
      throw erp::Failure{ERP_E_INVALID, "create() needs a host, a configuration with data_dir, and "
                                        "a place for the instance."};
    auto instance = std::make_unique<erp_instance>();
    instance->host = host;
    instance->ctx = ctx;
    instance->data_dir = std::string(erp::view(config->data_dir));
    instance->environment = std::string(erp::view(config->environment));
    *out = instance.release();
    return ERP_OK;
  });
}

erp_status ERP_CALL activate(erp_instance* self, erp_error* error) noexcept {
  return guarded(error, [&] {
    std::unique_lock lock(self->mutex);
    if (self->connector) return erp_status{ERP_DUPLICATE};
    try {
      self->connector = std::make_shared<qb::Connector>(*self->host, self->ctx, self->data_dir,
                                                        self->environment);
    } catch (const qb::store::Trouble& trouble) {
      throw erp::Failure{ERP_E_STORAGE, trouble.what};
    }
    return erp_status{ERP_OK};
  });
}

erp_status ERP_CALL stop(erp_instance* self, erp_instant deadline, erp_error* error) noexcept {
  return guarded(error, [&] {
    std::shared_lock lock(self->mutex);
    const auto connector = self->connector;
    lock.unlock();
    if (connector) connector->stop(deadline);
    return ERP_OK;
  });
}

void ERP_CALL deactivate(erp_instance* self) noexcept {
  guarded(nullptr, [&] {
    std::unique_lock lock(self->mutex);
    self->connector.reset();
    return ERP_OK;
  });
}

void ERP_CALL destroy(erp_instance* self) noexcept {
  delete self;
}

const void* ERP_CALL get_interface(erp_instance*, const char* id) noexcept {
  if (!id) return nullptr;
  const std::array<std::pair<const char*, const void*>, 6> tables = {{
      {ERP_INTERFACE_PROCUREMENT, &qb::procurement_table},
      {ERP_INTERFACE_PROCUREMENT_CHANGES, &qb::procurement_changes_table},
      {ERP_INTERFACE_SETTINGS, &qb::settings_table},
      {ERP_INTERFACE_CONNECT, &qb::connect_table},
      {ERP_INTERFACE_COMMAND, &qb::command_table},
      {ERP_INTERFACE_JOB, &qb::job_table},
  }};
  for (const auto& [known, table] : tables)
    if (std::strcmp(known, id) == 0) return table;
  return nullptr;
}

constexpr erp_str literal(const char* text) {
  return erp_str{text, std::char_traits<char>::length(text)};
}

constexpr erp_plugin plugin = {sizeof(erp_plugin),
                               ERP_ABI_MINOR,
                               0,
                               0,
                               literal("quickbooks"),
                               literal("QuickBooks Online"),
                               literal(plugin_version),
                               create,
                               activate,
                               stop,
                               deactivate,
                               destroy,
                               get_interface};

} // namespace

extern "C" ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                                                     erp_error* error) noexcept {
  if (!host || !ERP_HAS(erp_host, host, get_service) || !host->get_service) {
    erp::report(error, ERP_E_INVALID, "The host is older than plugin_api 1.0.");
    return nullptr;
  }
  return &plugin;
}
