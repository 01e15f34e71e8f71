// Loads a plugin as a host does and prints what it says of itself, as JSON; with --settings-schema
// the schema of its settings, byte for byte. Whoever makes a bundle takes both from here, so that
// the bundle cannot say something else than the library.
#include "erp/erp.h"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace {

using nlohmann::json;

constexpr const char* interfaces[] = {
    ERP_INTERFACE_COMMAND,  ERP_INTERFACE_CONNECT,     ERP_INTERFACE_JOB,
    ERP_INTERFACE_SETTINGS, ERP_INTERFACE_PROCUREMENT, ERP_INTERFACE_PROCUREMENT_CHANGES,
};

// A host without services: to be described, a plugin needs none.
const void* ERP_CALL no_service(erp_host_ctx*, const char*) noexcept {
  return nullptr;
}

const erp_host host = {sizeof(erp_host), ERP_ABI_MINOR, {"erp-describe", 12}, {"1", 1}, no_service};

std::runtime_error failure(const std::string& what, const erp_error& error) {
  return std::runtime_error(
      what + ": " +
      std::string(error.message, std::min<std::size_t>(error.message_len, sizeof error.message)));
}

const erp_plugin& entry_of(const std::string& library) {
  void* const opened = dlopen(std::filesystem::absolute(library).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!opened) throw std::runtime_error(std::string("cannot load it: ") + dlerror());
  const auto entry = reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(opened, ERP_PLUGIN_ENTRY_NAME));
  if (!entry) throw std::runtime_error("it does not export " ERP_PLUGIN_ENTRY_NAME);
  erp_error error{};
  const erp_plugin* const plugin = entry(&host, &error);
  if (!plugin) throw failure("it refuses this host", error);
  return *plugin;
}

// An instance that was created but not activated, which is enough for get_interface and the schema.
class Instance {
 public:
  explicit Instance(const erp_plugin& plugin) : plugin_(plugin) {
    const std::string folder = std::filesystem::temp_directory_path().string();
    const erp_instance_config config = {
        sizeof config,           0,
        erp::borrow("describe"), erp::borrow("Example Manufacturing"),
        erp::borrow("test"),     erp::borrow(folder)};
    erp_error error{};
    if (plugin.create(&host, nullptr, &config, &instance_, &error) != ERP_OK)
      throw failure("it cannot make an instance", error);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance() { plugin_.destroy(instance_); }

  const void* table(const char* id) const { return plugin_.get_interface(instance_, id); }
  std::string schema() const {
    const auto* const settings = static_cast<const erp_settings_v1*>(table(ERP_INTERFACE_SETTINGS));
    if (!settings) return {};
    const erp::TextSink sink;
    erp_error error{};
    if (settings->schema(instance_, sink.c(), &error) != ERP_OK)
      throw failure("it cannot tell its settings", error);
    return sink.text();
  }

 private:
  const erp_plugin& plugin_;
  erp_instance* instance_ = nullptr;
};

json described(const erp_plugin& plugin, const Instance& instance) {
  json offered = json::array();
  for (const char* const id : interfaces)
    if (instance.table(id)) offered.push_back(id);
  return {{"id", erp::view(plugin.id)},
          {"name", erp::view(plugin.name)},
          {"version", erp::view(plugin.version)},
          {"abi",
           {{"major", 1},
            {"built_minor", plugin.abi_minor},
            {"min_host_minor", plugin.min_host_minor}}},
          {"interfaces", offered}};
}

} // namespace

int main(int argc, char** argv) {
  const bool schema_only = argc == 3 && std::strcmp(argv[1], "--settings-schema") == 0;
  if (!schema_only && argc != 2) {
    std::fprintf(stderr, "usage: erp-describe [--settings-schema] LIBRARY\n");
    return 1;
  }
  try {
    const erp_plugin& plugin = entry_of(argv[argc - 1]);
    const Instance instance(plugin);
    const std::string text =
        schema_only ? instance.schema() : described(plugin, instance).dump(2) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    return std::fflush(stdout) == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "erp-describe: %s: %s\n", argv[argc - 1], error.what());
    return 1;
  }
}
