#define _GNU_SOURCE

#include "skew_host.h"

#include "erp/erp.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define STR(literal) ((erp_str){literal, sizeof literal - 1})

struct erp_host_ctx {
  char* said;
  size_t size_max;
};

/* A copy whose end is the end of what can be read. */
static const void* at_the_edge(const void* data, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char* two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (two == MAP_FAILED || mprotect(two + page, page, PROT_NONE) != 0) return NULL;
  return memcpy(two + page - size, data, size);
}

const void* skew_host_part(void) {
  static const void* placed;
  erp_part part = {.struct_size = sizeof part, .kind = ERP_PART_STOCKED};
  part.id = STR("P-1");
  part.number = STR("820412-001");
#if SKEW_AGE >= 1
  part.active = 1;
#endif
#if SKEW_AGE >= 2
  part.barcode = STR("4006381333931");
#endif
  if (placed == NULL) placed = at_the_edge(&part, sizeof part);
  return placed;
}

const void* skew_host_order(void) {
  static const void* placed;
  static const erp_supplier supplier = {sizeof supplier,        "USD",     {"S-7", 3},
                                        {"Hicks Hardware", 14}, {NULL, 0}, NULL};
  static erp_po_line line = {.struct_size = sizeof line,
                             .id = {"1", 1},
                             .quantity = {10, 0, 0},
                             .unit_cost = {{125, 1, 0}, "USD", 0},
                             .total = {{125, 0, 0}, "USD", 0}};
  static const erp_po_line* const lines[] = {&line};
#if SKEW_AGE >= 1
  static const erp_fee fee = {sizeof fee, 0, {"f1", 2}, {"Shipping", 8}, {{15, 0, 0}, "USD", 0}};
  static const erp_fee* const fees[] = {&fee};
#endif
  line.part = skew_host_part();
  erp_purchase_order order = {.struct_size = sizeof order, .status = ERP_PO_ORDERED};
  order.id = STR("1042");
  order.number = STR("1042");
  order.version = 1;
  memcpy(order.currency, "USD", 4);
  order.exchange_rate.scale = ERP_DECIMAL_ABSENT;
  order.supplier = &supplier;
  order.lines = lines;
  order.line_count = 1;
#if SKEW_AGE >= 1
  order.fees = fees;
  order.fee_count = 1;
#endif
#if SKEW_AGE >= 2
  order.approved_by = STR("controller");
#endif
  if (placed == NULL) placed = at_the_edge(&order, sizeof order);
  return placed;
}

static void ERP_CALL write_log(erp_host_ctx* host, int32_t level, erp_str message,
                               erp_attrs fields) ERP_NOEXCEPT {
  (void)level;
  (void)fields;
  const size_t used = strlen(host->said);
  snprintf(host->said + used, host->size_max - used, "%.*s\n", (int)message.len, message.ptr);
}
static const erp_log_v1 log_service = {write_log};

static const void* ERP_CALL get_service(erp_host_ctx* host, const char* id) ERP_NOEXCEPT {
  (void)host;
  return strcmp(id, ERP_SERVICE_LOG) == 0 ? &log_service : NULL;
}

int skew_host_tell(const void* any_plugin, char* said, unsigned said_size_max) {
  const erp_plugin* plugin = any_plugin;
  const erp_host description = {sizeof description, ERP_ABI_MINOR, STR("skew"), STR("1"),
                                get_service};
  const erp_instance_config config = {.struct_size = sizeof config};
  struct erp_host_ctx host = {said, said_size_max};
  erp_instance* instance = NULL;
  erp_error error;
  said[0] = '\0';
  if (plugin->create(&description, &host, &config, &instance, &error) != ERP_OK) return 1;
  const erp_procurement_v1* hooks = plugin->get_interface(instance, ERP_INTERFACE_PROCUREMENT);
  const erp_event event = {.struct_size = sizeof event, .attempt = 1, .event_id = STR("e-1")};
  const erp_status part = hooks->onPartSaved(instance, &event, skew_host_part(), &error);
  const erp_status order = hooks->onPoOrdered(instance, &event, skew_host_order(), &error);
  plugin->destroy(instance);
  return part == ERP_OK && order == ERP_OK ? 0 : 1;
}
