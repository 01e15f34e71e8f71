#define _GNU_SOURCE

#include "skew_host.h"

#include "skew_look.h"

#include <sys/mman.h>
#include <unistd.h>

#define STR(literal) ((erp_str){literal, sizeof literal - 1})

/* A copy whose end is the end of what can be read. */
static const void* at_the_edge(const void* data, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char* two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (two == MAP_FAILED || mprotect(two + page, page, PROT_NONE) != 0) return NULL;
  return memcpy(two + page - size, data, size);
}

/* Fills `later` where this host's headers have it, and places the struct. */
#define PLACED(type, struct_) (SKEW_FILL(type, struct_), at_the_edge(&(struct_), sizeof(struct_)))

static struct {
  const erp_event* event;
  const erp_part* part;
  const erp_supplier* supplier;
  const erp_purchase_order* order;
  const erp_receipt* receipt;
} placed;

static const erp_money price = {{125, 1, 0}, "USD", 0};

static void place_order(void) {
  erp_address address = {.struct_size = sizeof address, .line1 = STR("1 Mill Road")};
  erp_supplier supplier = {.struct_size = sizeof supplier, .currency = "USD", .id = STR("S-7")};
  supplier.name = STR("Hicks Hardware");
  placed.supplier = PLACED(erp_supplier, supplier);
  erp_po_line line = {.struct_size = sizeof line, .id = STR("1"), .part = placed.part};
  line.quantity.coefficient = 1;
  line.unit_cost = line.total = price;
  erp_fee fee = {.struct_size = sizeof fee, .id = STR("f1"), .name = STR("Shipping")};
#if SKEW_AGE >= 1
  fee.amount = price;
#endif
  static const erp_po_line* lines[1];
  static const erp_fee* fees[1];
  lines[0] = PLACED(erp_po_line, line);
  fees[0] = PLACED(erp_fee, fee);
  erp_purchase_order order = {.struct_size = sizeof order, .status = ERP_PO_ORDERED};
  order.id = order.number = STR("1042");
  order.version = 1;
  memcpy(order.currency, "USD", 4);
  order.exchange_rate.scale = ERP_DECIMAL_ABSENT;
  order.supplier = placed.supplier;
  order.ship_to = PLACED(erp_address, address);
  order.lines = lines;
  order.line_count = 1;
  order.fees = fees;
#if SKEW_AGE >= 1
  order.fee_count = 1;
#endif
  placed.order = PLACED(erp_purchase_order, order);
}

static void place_all(void) {
  if (placed.event != NULL) return;
  erp_event event = {.struct_size = sizeof event, .attempt = 1, .event_id = STR("e-1")};
  placed.event = PLACED(erp_event, event);
  erp_part part = {.struct_size = sizeof part, .kind = ERP_PART_STOCKED, .id = STR("P-1")};
  part.number = STR("820412-001");
#if SKEW_AGE >= 1
  part.active = 1;
#endif
  placed.part = PLACED(erp_part, part);
  place_order();
  erp_receipt_line line = {.struct_size = sizeof line, .po_line_id = STR("1")};
#if SKEW_AGE >= 1
  line.quantity.coefficient = 1;
#endif
  static const erp_receipt_line* lines[1];
  lines[0] = PLACED(erp_receipt_line, line);
  erp_receipt receipt = {.struct_size = sizeof receipt, .complete = 1, .id = STR("R-1")};
  receipt.number = STR("R-1");
  receipt.order = placed.order;
  receipt.lines = lines;
#if SKEW_AGE >= 1
  receipt.line_count = 1;
#endif
  placed.receipt = PLACED(erp_receipt, receipt);
}

const void* skew_host_document(const char* type) {
  place_all();
  if (strcmp(type, "erp_event") == 0) return placed.event;
  if (strcmp(type, "erp_part") == 0) return placed.part;
  if (strcmp(type, "erp_supplier") == 0) return placed.supplier;
  if (strcmp(type, "erp_purchase_order") == 0) return placed.order;
  return strcmp(type, "erp_receipt") == 0 ? placed.receipt : NULL;
}

struct erp_host_ctx {
  skew_notes notes;
};

static erp_status ERP_CALL raise_notice(erp_host_ctx* host, const erp_notice* notice,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)error;
  SKEW_NOTE(&host->notes, erp_notice, text, notice);
  return ERP_OK;
}
static erp_status ERP_CALL clear_notice(erp_host_ctx* host, erp_str key,
                                        erp_error* error) ERP_NOEXCEPT {
  (void)host;
  (void)key;
  (void)error;
  return ERP_OK;
}
static const erp_notice_v1 notices = {raise_notice, clear_notice};

static const void* ERP_CALL get_service(erp_host_ctx* host, const char* id) ERP_NOEXCEPT {
  (void)host;
  return strcmp(id, ERP_SERVICE_NOTICE) == 0 ? &notices : NULL;
}
static int32_t ERP_CALL take(void* ctx, const char* data, size_t size) ERP_NOEXCEPT {
  skew_notes* notes = ctx;
  const size_t used = strlen(notes->text);
  snprintf(notes->text + used, sizeof notes->text - used, "%.*s", (int)size, data);
  return 0;
}

static int use(const erp_plugin* plugin, erp_instance* instance, skew_notes* notes) {
  erp_error error;
  const erp_sink sink = {notes, take};
  const erp_procurement_v1* hooks = plugin->get_interface(instance, ERP_INTERFACE_PROCUREMENT);
  const erp_connect_v1* connection = plugin->get_interface(instance, ERP_INTERFACE_CONNECT);
  const erp_command_v1* command = plugin->get_interface(instance, ERP_INTERFACE_COMMAND);
  erp_connect_answer answer = {.struct_size = sizeof answer, .query = STR("code=1")};
  erp_command_call call = {.struct_size = sizeof call, .actor = STR("buyer")};
  return hooks->onPartSaved(instance, placed.event, placed.part, &error) == ERP_OK &&
         hooks->onPoOrdered(instance, placed.event, placed.order, &error) == ERP_OK &&
         hooks->onPoReceived(instance, placed.event, placed.receipt, &error) == ERP_OK &&
         connection->complete(instance, PLACED(erp_connect_answer, answer), &sink, &error) ==
             ERP_OK &&
         command->run(instance, PLACED(erp_command_call, call), &sink, &error) == ERP_OK;
}

int skew_host_tell(void* entry, char* said, unsigned said_size_max) {
  static erp_host_ctx ctx;
  skew_notes* const notes = &ctx.notes;
  notes->text[0] = '\0';
  place_all();
  erp_host host = {.struct_size = sizeof host, .abi_minor = ERP_ABI_MINOR};
  host.name = STR("skew");
  host.version = STR("1");
  host.get_service = get_service;
  SKEW_FILL(erp_host, host);
#ifdef SKEW_STUMP
  host.struct_size = offsetof(erp_host, get_service);
#endif
  const erp_host* description = at_the_edge(&host, host.struct_size);
  erp_error error = {0};
  erp_plugin_entry_v1_fn enter = NULL;
  *(void**)&enter = entry;
  const erp_plugin* plugin = enter(description, &error);
  if (plugin == NULL) {
    snprintf(said, said_size_max, "the plugin refuses: %.*s", (int)error.message_len,
             error.message);
    return 1;
  }
  if (!ERP_HAS(erp_plugin, plugin, get_interface)) {
    snprintf(said, said_size_max, "the host refuses: the plugin's description is older than 1.0");
    return 1;
  }
  skew_note(notes, "erp_plugin", "there", SKEW_LATER(erp_plugin, plugin));
  erp_instance_config config = {.struct_size = sizeof config, .instance_id = STR("1")};
  erp_instance* instance = NULL;
  if (plugin->create(description, &ctx, PLACED(erp_instance_config, config), &instance, &error) !=
      ERP_OK)
    return 1;
  const int done = plugin->activate(instance, &error) == ERP_OK && use(plugin, instance, notes);
  plugin->stop(instance, 0, &error);
  plugin->deactivate(instance);
  plugin->destroy(instance);
  snprintf(said, said_size_max, "%s", notes->text);
  return done ? 0 : 1;
}
