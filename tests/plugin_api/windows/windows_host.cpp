// windows_host.cpp - a host on Windows: loads a plugin through Boost.DLL, as erp-host does on
// Linux, and leads one instance from create to destroy. Needs Boost's headers and plugin_api alone.
//
//   windows_host C:\full\path\template.dll EMPTY_FOLDER [SETTINGS_JSON]
//
// Prints what each step ended with; 0 if the instance could be activated, 2 if there is no plugin.
#define BOOST_DLL_USE_STD_FS
#include "erp/erp.h"

#include <boost/dll/shared_library.hpp>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace {

std::string settings = "{}";

erp_str text_of(std::string_view text) {
  return {text.data(), text.size()};
}
int print_outcome(const char* step, erp_status status, const erp_error& error) {
  std::printf("%s: %d", step, static_cast<int>(status));
  if (status < 0) std::printf(": %.*s", static_cast<int>(error.message_len), error.message);
  std::printf("\n");
  return status;
}

erp_instant ERP_CALL now(erp_host_ctx*) noexcept {
  return 0;
}
std::int64_t ERP_CALL monotonic_us(erp_host_ctx*) noexcept {
  return 0;
}
erp_status ERP_CALL read_settings(erp_host_ctx*, const erp_sink* out, erp_error*) noexcept {
  return out->write(out->ctx, settings.data(), settings.size());
}
// Prints an attribute too: 16 bytes by value and a struct with a union are passed as Windows does
// it.
void ERP_CALL write_log(erp_host_ctx*, std::int32_t level, erp_str message,
                        erp_attrs fields) noexcept {
  std::printf("log %d: %.*s (%d fields)\n", static_cast<int>(level), static_cast<int>(message.len),
              message.ptr, static_cast<int>(fields.count));
}
constexpr erp_clock_v1 clock_service = {now, monotonic_us};
constexpr erp_settings_host_v1 settings_service = {read_settings};
constexpr erp_log_v1 log_service = {write_log};

const void* ERP_CALL get_service(erp_host_ctx*, const char* id) noexcept {
  const std::string_view wanted = id;
  if (wanted == ERP_SERVICE_CLOCK) return &clock_service;
  if (wanted == ERP_SERVICE_SETTINGS) return &settings_service;
  if (wanted == ERP_SERVICE_LOG) return &log_service;
  return nullptr;
}

std::int32_t ERP_CALL print(void*, const char* data, std::size_t size) noexcept {
  return std::fwrite(data, 1, size, stdout) == size ? 0 : ERP_E_STORAGE;
}

template <class Table>
const Table& table(const erp_plugin& plugin, erp_instance* instance, const char* id) {
  return *static_cast<const Table*>(plugin.get_interface(instance, id));
}

erp_status tell_order(const erp_procurement_v1& hooks, erp_instance* instance, erp_error& error) {
  const erp_supplier supplier = {sizeof supplier,           "USD",        text_of("S-7"),
                                 text_of("Hicks Hardware"), {nullptr, 0}, nullptr};
  const erp_fee fee = {sizeof fee, 0, text_of("f1"), text_of("Shipping"), {{15, 0, 0}, "USD", 0}};
  const erp_fee* const fees[] = {&fee};
  erp_purchase_order order{};
  order.struct_size = sizeof order;
  order.status = ERP_PO_ORDERED;
  order.id = text_of("1042");
  order.number = text_of("1042");
  order.version = 1;
  std::memcpy(order.currency, "USD", sizeof order.currency);
  order.exchange_rate.scale = ERP_DECIMAL_ABSENT;
  order.supplier = &supplier;
  order.fees = fees;
  order.fee_count = 1;
  const erp_event event = {sizeof event, 1, 1, text_of("e-1"), 0, text_of("buyer")};
  return hooks.onPoOrdered(instance, &event, &order, &error);
}

int lead(const erp_plugin& plugin, const erp_host& host, std::string_view folder) {
  erp_error error{};
  erp_instance_config config{};
  config.struct_size = sizeof config;
  config.instance_id = text_of("1");
  config.company_name = text_of("Example Works");
  config.environment = text_of("test");
  config.data_dir = text_of(folder);
  erp_instance* instance = nullptr;
  const erp_status created = plugin.create(&host, nullptr, &config, &instance, &error);
  if (print_outcome("create", created, error) < 0) return 1;
  const erp_status activated = plugin.activate(instance, &error);
  print_outcome("activate", activated, error);
  if (activated == ERP_OK) {
    const auto& hooks = table<erp_procurement_v1>(plugin, instance, ERP_INTERFACE_PROCUREMENT);
    const erp_status first = tell_order(hooks, instance, error);
    print_outcome("onPoOrdered", first, error);
    const erp_status again = tell_order(hooks, instance, error);
    print_outcome("onPoOrdered, again", again, error);
    const erp_str word = text_of("status");
    const erp_command_call call = {sizeof call, 1, &word, text_of("buyer"), 0};
    const erp_sink out = {nullptr, print};
    const auto& command = table<erp_command_v1>(plugin, instance, ERP_INTERFACE_COMMAND);
    const erp_status status = command.run(instance, &call, &out, &error);
    print_outcome("status", status, error);
    const erp_status stopped = plugin.stop(instance, 1'000'000, &error);
    print_outcome("stop", stopped, error);
    plugin.deactivate(instance);
  }
  plugin.destroy(instance);
  return activated == ERP_OK ? 0 : 1;
}

} // namespace

int main(int count, char** words) {
  namespace dll = boost::dll;
  if (count < 3) return 2;
  if (count > 3) settings = words[3];
  std::error_code why;
  // The absolute path, and the libraries beside it, and nothing of the current folder. Boost.DLL
  // hands the flags of LoadLibraryExW on; those it does not name are cast.
  constexpr auto beside_it_and_system = static_cast<dll::load_mode::type>(0x00000100 | 0x00000800);
  static dll::shared_library library(words[1], beside_it_and_system, why);
  if (why || !library.has(ERP_PLUGIN_ENTRY_NAME)) {
    std::printf("no plugin: %s\n", words[1]);
    return 2;
  }
  const erp_host host = {sizeof host, ERP_ABI_MINOR, text_of("windows_host"), text_of("1"),
                         get_service};
  erp_error error{};
  const auto entry = library.get<const erp_plugin * ERP_CALL(const erp_host*, erp_error*) noexcept>(
      ERP_PLUGIN_ENTRY_NAME);
  const erp_plugin* const plugin = entry(&host, &error);
  if (plugin == nullptr) return print_outcome("entry", ERP_E_UNSUPPORTED, error), 2;
  std::printf("%.*s %.*s\n", static_cast<int>(plugin->id.len), plugin->id.ptr,
              static_cast<int>(plugin->version.len), plugin->version.ptr);
  const int result = lead(*plugin, host, words[2]);
  std::fflush(stdout);
  std::_Exit(result); // a plugin is never unloaded
}
