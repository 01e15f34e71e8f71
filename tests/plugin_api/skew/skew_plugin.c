/* skew_plugin.c - a plugin that tells what it can read of a part and an order. It is built with the
 * headers of three ages; SKEW_AGE is 0, 1 or 2 for older, today's and newer ones. It says "unknown"
 * of a field its headers do not have, "absent" of one the host did not fill. */
#include "erp/erp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#ifdef SKEW_CARELESS /* reads what the host may not have filled: must be caught by the test */
#undef ERP_HAS
#define ERP_HAS(type, p, field) 1
#endif

struct erp_instance {
  const erp_host* host;
  erp_host_ctx* host_ctx;
};
static erp_instance only;

static void say(const char* text) {
  const erp_log_v1* log = only.host->get_service(only.host_ctx, ERP_SERVICE_LOG);
  log->write(only.host_ctx, ERP_LOG_INFO, (erp_str){text, strlen(text)}, (erp_attrs){NULL, 0});
}

static erp_status ERP_CALL on_part_saved(erp_instance* self, const erp_event* event,
                                         const erp_part* part, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)error;
  char active[16] = "unknown";
  char barcode[64] = "unknown";
#if SKEW_AGE >= 1
  snprintf(active, sizeof active, ERP_HAS(erp_part, part, active) ? "%" PRId32 : "absent",
           ERP_HAS(erp_part, part, active) ? part->active : 0);
#endif
#if SKEW_AGE >= 2
  if (ERP_HAS(erp_part, part, barcode))
    snprintf(barcode, sizeof barcode, "%.*s", (int)part->barcode.len, part->barcode.ptr);
  else
    strcpy(barcode, "absent");
#endif
  char text[256];
  snprintf(text, sizeof text, "part %.*s active=%s barcode=%s", (int)part->number.len,
           part->number.ptr, active, barcode);
  say(text);
  return ERP_OK;
}

static erp_status ERP_CALL on_po_ordered(erp_instance* self, const erp_event* event,
                                         const erp_purchase_order* order,
                                         erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)error;
  char fees[32] = "unknown";
  char approved_by[64] = "unknown";
#if SKEW_AGE >= 1
  if (ERP_HAS(erp_purchase_order, order, fee_count))
    snprintf(fees, sizeof fees, "%zu", order->fee_count);
  else
    strcpy(fees, "absent");
#endif
#if SKEW_AGE >= 2
  if (ERP_HAS(erp_purchase_order, order, approved_by))
    snprintf(approved_by, sizeof approved_by, "%.*s", (int)order->approved_by.len,
             order->approved_by.ptr);
  else
    strcpy(approved_by, "absent");
#endif
  char text[256];
  snprintf(text, sizeof text, "order %.*s part=%.*s fees=%s approved_by=%s", (int)order->id.len,
           order->id.ptr, (int)order->lines[0]->part->number.len, order->lines[0]->part->number.ptr,
           fees, approved_by);
  say(text);
  return ERP_OK;
}

static erp_status ERP_CALL on_po_received(erp_instance* self, const erp_event* event,
                                          const erp_receipt* receipt,
                                          erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)event;
  (void)receipt;
  (void)error;
  return ERP_IGNORED;
}

static const erp_procurement_v1 procurement = {on_part_saved, on_po_ordered, on_po_received};

static erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* host_ctx,
                                  const erp_instance_config* config, erp_instance** out,
                                  erp_error* error) ERP_NOEXCEPT {
  (void)config;
  (void)error;
  only.host = host;
  only.host_ctx = host_ctx;
  *out = &only;
  return ERP_OK;
}
static erp_status ERP_CALL activate(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return ERP_OK;
}
static erp_status ERP_CALL stop(erp_instance* self, erp_instant deadline,
                                erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)deadline;
  (void)error;
  return ERP_OK;
}
static void ERP_CALL deactivate(erp_instance* self) ERP_NOEXCEPT {
  (void)self;
}
static void ERP_CALL destroy(erp_instance* self) ERP_NOEXCEPT {
  (void)self;
}
static const void* ERP_CALL get_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  (void)self;
  return strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0 ? &procurement : NULL;
}

static const erp_plugin plugin = {.struct_size = sizeof(erp_plugin),
                                  .abi_minor = ERP_ABI_MINOR,
                                  .id = {"skew", 4},
                                  .name = {"Skew", 4},
                                  .version = {"1", 1},
                                  .create = create,
                                  .activate = activate,
                                  .stop = stop,
                                  .deactivate = deactivate,
                                  .destroy = destroy,
                                  .get_interface = get_interface};

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  (void)host;
  (void)error;
  return &plugin;
}
