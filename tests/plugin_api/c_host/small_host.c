/* clang-format off */ /* kept to a hundred lines */
/* small_host.c - how little a host needs: loads the QuickBooks plugin, fires one hook, and asks for the status.
 *
 *   small_host quickbooks.so SETTINGS.json EMPTY_FOLDER
 *
 * Four services are enough: clock, schedule, settings, secrets. c_host.c beside it keeps the whole contract.
 */
#define _XOPEN_SOURCE 700
#include "erp/erp.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STR(literal) ((erp_str){literal, sizeof literal - 1})

static char settings[4096], vault_key[256];
static size_t settings_size, vault_key_size;

static int64_t ERP_CALL now(erp_host_ctx* host) {
  struct timespec t;
  (void)host;
  clock_gettime(CLOCK_REALTIME, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
static erp_status ERP_CALL request(erp_host_ctx* host, erp_str job, erp_instant due, erp_error* error) {
  (void)host, (void)job, (void)due, (void)error;
  return ERP_OK; /* this host runs no job */
}
static erp_status ERP_CALL read_settings(erp_host_ctx* host, const erp_sink* out, erp_error* error) {
  (void)host, (void)error;
  return out->write(out->ctx, settings, settings_size);
}
/* One secret is all the plugin keeps with us: the key of its vault. */
static erp_status ERP_CALL get(erp_host_ctx* host, erp_str key, const erp_sink* out, uint64_t* version,
                               erp_error* error) {
  (void)host, (void)key, (void)error;
  *version = 1;
  return vault_key_size == 0 ? ERP_E_NOT_FOUND : out->write(out->ctx, vault_key, vault_key_size);
}
static erp_status ERP_CALL put(erp_host_ctx* host, erp_str key, erp_str value, uint64_t if_version,
                               uint64_t* version, erp_error* error) {
  (void)host, (void)key, (void)if_version, (void)error;
  if (value.len > sizeof vault_key) return ERP_E_STORAGE;
  memcpy(vault_key, value.ptr, vault_key_size = value.len);
  if (version) *version = 1;
  return ERP_OK;
}
static erp_status ERP_CALL erase(erp_host_ctx* host, erp_str key, erp_error* error) {
  (void)host, (void)key, (void)error;
  vault_key_size = 0;
  return ERP_OK;
}
static const erp_clock_v1 clock_service = {now, now};
static const erp_schedule_v1 schedule_service = {request};
static const erp_settings_host_v1 settings_service = {read_settings};
static const erp_secrets_v1 secrets_service = {get, put, erase};

static const void* ERP_CALL get_service(erp_host_ctx* host, const char* id) {
  (void)host;
  if (!strcmp(id, ERP_SERVICE_CLOCK)) return &clock_service;
  if (!strcmp(id, ERP_SERVICE_SCHEDULE)) return &schedule_service;
  if (!strcmp(id, ERP_SERVICE_SETTINGS)) return &settings_service;
  return strcmp(id, ERP_SERVICE_SECRETS) ? NULL : &secrets_service;
}
static int32_t ERP_CALL print(void* ctx, const char* data, size_t size) {
  (void)ctx;
  return fwrite(data, 1, size, stdout) == size ? 0 : ERP_E_STORAGE;
}
static void must(erp_status status, const erp_error* error, const char* what) {
  if (status >= 0) return;
  printf("%s: %.*s\n", what, (int)error->message_len, error->message);
  _Exit(1);
}

int main(int count, char** words) {
  static const erp_host host = {sizeof host, ERP_ABI_MINOR, {"small_host", 10}, {"1", 1}, get_service};
  erp_error error = {0};
  FILE* file = count == 4 ? fopen(words[2], "rb") : NULL;
  void* library = file ? dlopen(words[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  erp_plugin_entry_v1_fn entry = NULL;
  if (library) *(void**)&entry = dlsym(library, ERP_PLUGIN_ENTRY_NAME);
  const erp_plugin* plugin = entry ? entry(&host, &error) : NULL;
  if (!plugin) return fputs("usage: small_host quickbooks.so SETTINGS.json EMPTY_FOLDER\n", stderr), 2;
  settings_size = fread(settings, 1, sizeof settings, file);

  const erp_instance_config config = {sizeof config, 0, STR("1"), STR("Example Works"), STR("test"),
                                      {words[3], strlen(words[3])}};
  erp_instance* instance = NULL;
  must(plugin->create(&host, NULL, &config, &instance, &error), &error, "create");
  must(plugin->activate(instance, &error), &error, "activate");

  const erp_supplier supplier = {sizeof supplier, "USD", STR("S-7"), STR("Hicks Hardware"), {0}, NULL};
  const erp_fee fee = {sizeof fee, 0, STR("f1"), STR("Shipping"), {{15, 0, 0}, "USD", 0}};
  const erp_fee* const fees[] = {&fee};
  const erp_purchase_order order = {.struct_size = sizeof order, .status = ERP_PO_ORDERED,
      .id = STR("1042"), .number = STR("1042"), .version = 1, .currency = "USD",
      .exchange_rate = {1, 0, 0}, .supplier = &supplier, .fees = fees, .fee_count = 1};
  const erp_event event = {sizeof event, 1, 1, STR("e-1"), now(NULL), STR("buyer")};
  const erp_procurement_v1* hooks = plugin->get_interface(instance, ERP_INTERFACE_PROCUREMENT);
  must(hooks->onPoOrdered(instance, &event, &order, &error), &error, "onPoOrdered");

  const erp_str word = STR("status");
  const erp_command_call call = {sizeof call, 1, &word, STR("buyer"), now(NULL) + 1000000};
  const erp_command_v1* commands = plugin->get_interface(instance, ERP_INTERFACE_COMMAND);
  const erp_sink to_stdout = {NULL, print};
  must(commands->run(instance, &call, &to_stdout, &error), &error, "status");
  plugin->stop(instance, now(NULL) + 1000000, &error);
  plugin->deactivate(instance);
  plugin->destroy(instance);
  return 0;
}
