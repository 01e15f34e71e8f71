/* c_host.c - the smallest host that keeps the contract, in plain C.
 *
 *   c_host PLUGIN.so [SETTINGS.json]
 *
 * Starts one instance of the plugin in a folder of its own, tells it one purchase order, and the
 * same again, runs its job if it asked for it, prints its status, and stops it. What a plugin says
 * goes to standard output, its log to standard error. Exit 0 if every call went as it should.
 */
#define _XOPEN_SOURCE 700

#include "erp/erp.h"

#include <dlfcn.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { secrets_max = 32, text_size_max = 65536 };
#define STR(literal) ((erp_str){literal, sizeof literal - 1})

typedef struct {
  char key[128];
  char value[4096];
  size_t size;
  uint64_t version; /* 0: free */
} secret;

struct erp_host_ctx {
  char settings[text_size_max];
  size_t settings_size;
  secret secrets[secrets_max];
  int is_job_wanted;
};

/* ---- services --------------------------------------------------------------------------------*/

static void ERP_CALL write_log(erp_host_ctx* host, int32_t level, erp_str message,
                               erp_attrs fields) ERP_NOEXCEPT {
  (void)host;
  fprintf(stderr, "log %" PRId32 ": %.*s", level, (int)message.len, message.ptr);
  for (size_t i = 0; i < fields.count; ++i)
    if (fields.items[i].value.kind == ERP_VALUE_STRING)
      fprintf(stderr, " %.*s=%.*s", (int)fields.items[i].key.len, fields.items[i].key.ptr,
              (int)fields.items[i].value.as.text.len, fields.items[i].value.as.text.ptr);
  fputc('\n', stderr);
}
static const erp_log_v1 log_service = {write_log};

static int64_t clock_us(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
static erp_instant ERP_CALL now(erp_host_ctx* host) ERP_NOEXCEPT {
  (void)host;
  return clock_us(CLOCK_REALTIME);
}
static int64_t ERP_CALL monotonic_us(erp_host_ctx* host) ERP_NOEXCEPT {
  (void)host;
  return clock_us(CLOCK_MONOTONIC);
}
static const erp_clock_v1 clock_service = {now, monotonic_us};

static erp_status ERP_CALL request(erp_host_ctx* host, erp_str job, erp_instant due_at,
                                   erp_error* error) ERP_NOEXCEPT {
  (void)error;
  (void)due_at;
  host->is_job_wanted |= job.len == strlen(ERP_JOB_DELIVER);
  return ERP_OK;
}
static const erp_schedule_v1 schedule_service = {request};

static erp_status ERP_CALL read_settings(erp_host_ctx* host, const erp_sink* out,
                                         erp_error* error) ERP_NOEXCEPT {
  (void)error;
  return out->write(out->ctx, host->settings, host->settings_size);
}
static const erp_settings_host_v1 settings_service = {read_settings};

static erp_status ERP_CALL raise_notice(erp_host_ctx* host, const erp_notice* notice,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)host;
  (void)error;
  if (notice == NULL || !ERP_HAS(erp_notice, notice, text)) return ERP_E_INVALID;
  printf("notice %.*s (%" PRId32 "): %.*s: %.*s\n", (int)notice->key.len, notice->key.ptr,
         notice->severity, (int)notice->title.len, notice->title.ptr, (int)notice->text.len,
         notice->text.ptr);
  return ERP_OK;
}
static erp_status ERP_CALL clear_notice(erp_host_ctx* host, erp_str key,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)host;
  (void)key;
  (void)error;
  return ERP_OK;
}
static const erp_notice_v1 notice_service = {raise_notice, clear_notice};

/* The slot of `key`; else, if wanted, a free one that now has this key; else null. */
static secret* find_secret(erp_host_ctx* host, erp_str key, int take_free) {
  secret* free_one = NULL;
  for (size_t i = 0; i < secrets_max; ++i) {
    secret* it = &host->secrets[i];
    if (it->version == 0)
      free_one = it;
    else if (strlen(it->key) == key.len && memcmp(it->key, key.ptr, key.len) == 0)
      return it;
  }
  if (!take_free || free_one == NULL || key.len >= sizeof free_one->key) return NULL;
  memcpy(free_one->key, key.ptr, key.len);
  free_one->key[key.len] = '\0';
  return free_one;
}
static erp_status ERP_CALL get_secret(erp_host_ctx* host, erp_str key, const erp_sink* out,
                                      uint64_t* version, erp_error* error) ERP_NOEXCEPT {
  (void)error;
  const secret* found = find_secret(host, key, 0);
  if (found == NULL) return ERP_E_NOT_FOUND;
  *version = found->version;
  return out->write(out->ctx, found->value, found->size);
}
static erp_status ERP_CALL put_secret(erp_host_ctx* host, erp_str key, erp_str value,
                                      uint64_t if_version, uint64_t* new_version,
                                      erp_error* error) ERP_NOEXCEPT {
  (void)error;
  secret* slot = find_secret(host, key, 1);
  if (slot == NULL || value.len > sizeof slot->value) return ERP_E_STORAGE;
  if (slot->version != if_version) return ERP_E_CONFLICT;
  memcpy(slot->value, value.ptr, value.len);
  slot->size = value.len;
  ++slot->version;
  if (new_version != NULL) *new_version = slot->version;
  return ERP_OK;
}
static erp_status ERP_CALL erase_secret(erp_host_ctx* host, erp_str key,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)error;
  secret* found = find_secret(host, key, 0);
  if (found != NULL) memset(found, 0, sizeof *found);
  return ERP_OK;
}
static const erp_secrets_v1 secrets_service = {get_secret, put_secret, erase_secret};

static const void* ERP_CALL get_service(erp_host_ctx* host, const char* id) ERP_NOEXCEPT {
  (void)host;
  if (strcmp(id, ERP_SERVICE_LOG) == 0) return &log_service;
  if (strcmp(id, ERP_SERVICE_CLOCK) == 0) return &clock_service;
  if (strcmp(id, ERP_SERVICE_SCHEDULE) == 0) return &schedule_service;
  if (strcmp(id, ERP_SERVICE_SETTINGS) == 0) return &settings_service;
  if (strcmp(id, ERP_SERVICE_NOTICE) == 0) return &notice_service;
  if (strcmp(id, ERP_SERVICE_SECRETS) == 0) return &secrets_service;
  return NULL;
}

/* ---- one order, told once more than once -----------------------------------------------------*/

static erp_money usd(int64_t coefficient, int32_t scale) {
  return (erp_money){{coefficient, scale, 0}, "USD", 0};
}

static erp_status tell_order(const erp_procurement_v1* hooks, erp_instance* instance,
                             uint32_t attempt, erp_error* error) {
  const erp_attr expense = {STR("Expense Code"), {ERP_VALUE_STRING, 0, {.text = STR("Tooling")}}};
  const erp_part part = {sizeof part, ERP_PART_STOCKED, STR("P-1"), STR("820412-001"),
                         STR("B"),    STR("Bracket"),   1,          0};
  const erp_supplier supplier = {sizeof supplier,       "USD",     STR("S-7"),
                                 STR("Hicks Hardware"), {NULL, 0}, NULL};
  const erp_po_line line = {.struct_size = sizeof line,
                            .id = STR("1"),
                            .part = &part,
                            .description = STR("Bracket"),
                            .quantity = {10, 0, 0},
                            .unit_cost = usd(125, 1),
                            .total = usd(125, 0),
                            .attributes = {&expense, 1}};
  const erp_fee fee = {sizeof fee, 0, STR("f1"), STR("Shipping"), usd(15, 0)};
  const erp_po_line* const lines[] = {&line};
  const erp_fee* const fees[] = {&fee};
  const erp_purchase_order order = {.struct_size = sizeof order,
                                    .status = ERP_PO_ORDERED,
                                    .id = STR("1042"),
                                    .number = STR("1042"),
                                    .version = 1,
                                    .currency = "USD",
                                    .exchange_rate = {1, 0, 0},
                                    .ordered_on = {2026, 11, 20, 0},
                                    .supplier = &supplier,
                                    .lines = lines,
                                    .line_count = 1,
                                    .fees = fees,
                                    .fee_count = 1};
  const erp_event event = {.struct_size = sizeof event,
                           .attempt = attempt,
                           .sequence = 1,
                           .event_id = STR("e-1"),
                           .occurred_at = INT64_C(1795168800000000), /* 2026-11-20T10:00:00Z */
                           .actor = STR("buyer")};
  return hooks->onPoOrdered(instance, &event, &order, error);
}

/* ---- the plugin's life -----------------------------------------------------------------------*/

static int32_t ERP_CALL print(void* ctx, const char* data, size_t size) ERP_NOEXCEPT {
  (void)ctx;
  return fwrite(data, 1, size, stdout) == size ? 0 : ERP_E_STORAGE;
}

/* Prints how a call ended; 1 if it failed. */
static int failed(const char* what, erp_status status, const erp_error* error) {
  printf("%s: %" PRId32 "%s%.*s\n", what, status, status < 0 ? ": " : "",
         status < 0 ? (int)error->message_len : 0, error->message);
  return status < 0;
}

static int use(const erp_plugin* plugin, erp_instance* instance, erp_host_ctx* host) {
  const erp_sink to_stdout = {NULL, print};
  erp_error error = {0};
  int failures = 0;
  const erp_procurement_v1* hooks = plugin->get_interface(instance, ERP_INTERFACE_PROCUREMENT);
  if (hooks == NULL) return failed("erp.procurement/1", ERP_E_UNSUPPORTED, &error);
  failures += failed("onPoOrdered", tell_order(hooks, instance, 1, &error), &error);
  failures += failed("onPoOrdered, again", tell_order(hooks, instance, 2, &error), &error);

  const erp_job_v1* jobs = plugin->get_interface(instance, ERP_INTERFACE_JOB);
  if (host->is_job_wanted && jobs != NULL) {
    const erp_instant deadline = now(host) + 5000000;
    const erp_status status =
        jobs->run(instance, STR(ERP_JOB_DELIVER), deadline, &to_stdout, &error);
    failures += failed("\ndeliver", status == ERP_E_NOT_CONNECTED ? ERP_OK : status, &error);
  }
  const erp_command_v1* commands = plugin->get_interface(instance, ERP_INTERFACE_COMMAND);
  if (commands != NULL) {
    const erp_str word = STR("status");
    const erp_command_call call = {sizeof call, 1, &word, STR("buyer"), now(host) + 5000000};
    failures += failed("\nstatus", commands->run(instance, &call, &to_stdout, &error), &error);
  }
  return failures;
}

static int live(const erp_plugin* plugin, const erp_host* description, erp_host_ctx* host,
                const char* data_dir) {
  const erp_instance_config config = {.struct_size = sizeof config,
                                      .instance_id = STR("c-host-1"),
                                      .company_name = STR("Example Works"),
                                      .environment = STR("test"),
                                      .data_dir = {data_dir, strlen(data_dir)}};
  erp_error error = {0};
  erp_instance* instance = NULL;
  if (failed("create", plugin->create(description, host, &config, &instance, &error), &error))
    return 1;
  int failures = 0;
  const erp_settings_v1* settings = plugin->get_interface(instance, ERP_INTERFACE_SETTINGS);
  const erp_str json = {host->settings, host->settings_size};
  if (settings != NULL)
    failures += failed("settings", settings->validate(instance, json, &error), &error);
  if (failures == 0 &&
      !(failures += failed("activate", plugin->activate(instance, &error), &error))) {
    failures += use(plugin, instance, host);
    failures += failed("stop", plugin->stop(instance, now(host) + 5000000, &error), &error);
    plugin->deactivate(instance);
  }
  plugin->destroy(instance);
  return failures;
}

static int remove_entry(const char* path, const struct stat* info, int kind, struct FTW* walk) {
  (void)info;
  (void)kind;
  (void)walk;
  return remove(path);
}

int main(int count, char** words) {
  static erp_host_ctx host = {.settings = "{}", .settings_size = 2};
  static const erp_host description = {
      sizeof description, ERP_ABI_MINOR, {"c_host", 6}, {"1", 1}, get_service};
  if (count < 2 || count > 3) {
    fputs("usage: c_host PLUGIN.so [SETTINGS.json]\n", stderr);
    return 2;
  }
  if (count == 3) {
    FILE* file = fopen(words[2], "rb");
    if (file == NULL) {
      perror(words[2]);
      return 2;
    }
    host.settings_size = fread(host.settings, 1, sizeof host.settings, file);
    fclose(file);
  }
  void* library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  erp_plugin_entry_v1_fn entry = NULL;
  *(void**)&entry = dlsym(library, ERP_PLUGIN_ENTRY_NAME);
  erp_error error = {0};
  const erp_plugin* plugin = entry == NULL ? NULL : entry(&description, &error);
  if (plugin == NULL || !ERP_HAS(erp_plugin, plugin, get_interface) ||
      plugin->min_host_minor > ERP_ABI_MINOR) {
    fprintf(stderr, "refused: %.*s\n", (int)error.message_len, error.message);
    return 1;
  }
  printf("%.*s %.*s\n", (int)plugin->id.len, plugin->id.ptr, (int)plugin->version.len,
         plugin->version.ptr);
  char data_dir[] = "/tmp/c_host.XXXXXX";
  if (mkdtemp(data_dir) == NULL) {
    perror(data_dir);
    return 1;
  }
  const int failures = live(plugin, &description, &host, data_dir);
  nftw(data_dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
  return failures == 0 ? 0 : 1;
}
