/* skew_plugin.c - a plugin that notes what it can see of everything a host hands it, and tells it
 * with its one command. */
#define _GNU_SOURCE
#include "skew_look.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct erp_instance {
  const erp_host* host;
  erp_host_ctx* host_ctx;
  skew_notes notes;
};

/* A copy whose end is the end of what can be read. */
static const void* at_the_edge(const void* data, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char* two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (two == MAP_FAILED || mprotect(two + page, page, PROT_NONE) != 0) return NULL;
  return memcpy(two + page - size, data, size);
}

static erp_status ERP_CALL on_part_saved(erp_instance* self, const erp_event* event,
                                         const erp_part* part, erp_error* error) ERP_NOEXCEPT {
  (void)error;
  SKEW_NOTE(&self->notes, erp_event, actor, event);
  SKEW_NOTE(&self->notes, erp_part, active, part);
  return ERP_OK;
}

static void look_at(erp_instance* self, const erp_purchase_order* order) {
  SKEW_NOTE(&self->notes, erp_purchase_order, fee_count, order);
  SKEW_NOTE(&self->notes, erp_supplier, address, order->supplier);
  SKEW_NOTE(&self->notes, erp_address, country, order->ship_to);
  SKEW_NOTE(&self->notes, erp_po_line, attributes, order->lines[0]);
  SKEW_NOTE(&self->notes, erp_fee, amount, order->fees[0]);
}

static erp_status ERP_CALL on_po_ordered(erp_instance* self, const erp_event* event,
                                         const erp_purchase_order* order,
                                         erp_error* error) ERP_NOEXCEPT {
  (void)event;
  (void)error;
  look_at(self, order);
  return ERP_OK;
}

static erp_status ERP_CALL on_po_received(erp_instance* self, const erp_event* event,
                                          const erp_receipt* receipt,
                                          erp_error* error) ERP_NOEXCEPT {
  (void)event;
  (void)error;
  SKEW_NOTE(&self->notes, erp_receipt, line_count, receipt);
  SKEW_NOTE(&self->notes, erp_receipt_line, quantity, receipt->lines[0]);
  return ERP_OK;
}
static const erp_procurement_v1 procurement = {on_part_saved, on_po_ordered, on_po_received};

static erp_status ERP_CALL list(erp_instance* self, const erp_sink* out,
                                erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return out->write(out->ctx, "[]", 2);
}
static erp_status ERP_CALL run(erp_instance* self, const erp_command_call* call,
                               const erp_sink* out, erp_error* error) ERP_NOEXCEPT {
  (void)error;
  SKEW_NOTE(&self->notes, erp_command_call, deadline, call);
  return out->write(out->ctx, self->notes.text, strlen(self->notes.text));
}
static const erp_command_v1 command = {list, run};

static erp_status ERP_CALL begin(erp_instance* self, erp_str redirect_uri, const erp_sink* out,
                                 erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)redirect_uri;
  (void)out;
  (void)error;
  return ERP_E_UNSUPPORTED;
}
static erp_status ERP_CALL complete(erp_instance* self, const erp_connect_answer* answer,
                                    const erp_sink* out, erp_error* error) ERP_NOEXCEPT {
  (void)out;
  (void)error;
  SKEW_NOTE(&self->notes, erp_connect_answer, required_company, answer);
  return ERP_OK;
}
static erp_status ERP_CALL status(erp_instance* self, const erp_sink* out,
                                  erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)out;
  (void)error;
  return ERP_E_UNSUPPORTED;
}
static erp_status ERP_CALL disconnect(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return ERP_OK;
}
static const erp_connect_v1 connection = {begin, complete, status, disconnect};

static erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* host_ctx,
                                  const erp_instance_config* config, erp_instance** out,
                                  erp_error* error) ERP_NOEXCEPT {
  (void)error;
  *out = calloc(1, sizeof **out);
  if (*out == NULL) return ERP_E_INTERNAL;
  (*out)->host = host;
  (*out)->host_ctx = host_ctx;
  skew_note(&(*out)->notes, "erp_host", "there", SKEW_LATER(erp_host, host));
  SKEW_NOTE(&(*out)->notes, erp_instance_config, data_dir, config);
  return ERP_OK;
}
static erp_status ERP_CALL activate(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  const erp_notice_v1* notices = self->host->get_service(self->host_ctx, ERP_SERVICE_NOTICE);
  erp_notice notice = {.struct_size = sizeof notice, .severity = ERP_NOTICE_INFO};
  notice.key = (erp_str){"started", sizeof "started" - 1};
  SKEW_FILL(erp_notice, notice);
  return notices->raise(self->host_ctx, at_the_edge(&notice, sizeof notice), error);
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
  free(self);
}
static const void* ERP_CALL get_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  (void)self;
  if (strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0) return &procurement;
  if (strcmp(id, ERP_INTERFACE_COMMAND) == 0) return &command;
  return strcmp(id, ERP_INTERFACE_CONNECT) == 0 ? &connection : NULL;
}

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  static const erp_plugin* placed;
  erp_plugin plugin = {.struct_size = sizeof plugin,
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
  SKEW_FILL(erp_plugin, plugin);
#ifdef SKEW_STUMP
  plugin.struct_size = offsetof(erp_plugin, get_interface);
#endif
  if (!ERP_HAS(erp_host, host, get_service)) {
    static const char words[] = "the host's description is older than 1.0";
    memcpy(error->message, words, error->message_len = sizeof words - 1);
    return NULL;
  }
  if (placed == NULL) placed = at_the_edge(&plugin, plugin.struct_size);
  return placed;
}
