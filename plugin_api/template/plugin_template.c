/* plugin_template.c - a whole plugin in plain C, to be copied and changed.
 *
 * It keeps every event the host tells it, durably, in data_dir/received.log: one line an event,
 *
 *   po_ordered <TAB> e-1 <TAB> purchase_order/1042
 *
 * and does nothing else. What it shows is the contract: how a hook makes an event its own before it
 * answers ERP_OK, how the same event is told twice and kept once, how an instance is started and
 * stopped, and which locks are held when. A plugin that sends its events somewhere would do so in
 * the job "deliver", and ask for that job from its hooks through "erp.schedule/1".
 *
 * The rules R1 to R10 are in erp/abi.h.
 */
#define _POSIX_C_SOURCE 200809L

#include "erp/erp.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- words for failures, text, sinks ---------------------------------------------------------*/

/* Fills *error, which may be null, and returns `status`. */
__attribute__((format(printf, 3, 4))) static erp_status fail(erp_error* error, erp_status status,
                                                             const char* format, ...) {
  if (error != NULL) {
    char text[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memset(error, 0, sizeof *error);
    if (length > 0) {
      size_t size = (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
      if (size < (size_t)length) /* cut: not inside a character */
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
          --size;
      memcpy(error->message, text, size);
      error->message_len = (uint32_t)size;
    }
  }
  return status;
}

static int equals(erp_str text, const char* literal) {
  return text.ptr != NULL && text.len == strlen(literal) &&
         memcmp(text.ptr, literal, text.len) == 0;
}

static erp_status answer(const erp_sink* out, const char* text) {
  return out->write(out->ctx, text, strlen(text));
}

/* What a call of the host writes, collected and terminated. */
typedef struct {
  char* text;
  size_t size;
} collected;

static int32_t ERP_CALL collect(void* ctx, const char* data, size_t size) ERP_NOEXCEPT {
  collected* all = ctx;
  char* longer = realloc(all->text, all->size + size + 1);
  if (longer == NULL) return ERP_E_INTERNAL;
  if (size != 0) memcpy(longer + all->size, data, size);
  all->text = longer;
  all->size += size;
  all->text[all->size] = '\0';
  return 0;
}

/* ---- the ids that are known already ----------------------------------------------------------*/

/* A set of strings: open addressing, a power of two of slots, at most half of them taken. */
typedef struct {
  char** slots;
  size_t slot_count;
  size_t taken;
} id_set;

static uint64_t hash_of(const char* text) { /* FNV-1a */
  uint64_t hash = 14695981039346656037u;
  for (; *text != '\0'; ++text)
    hash = (hash ^ (unsigned char)*text) * 1099511628211u;
  return hash;
}

/* The slot of `id`, or the free one it would take. Needs at least one free slot. */
static char** slot_of(const id_set* ids, const char* id) {
  size_t at = (size_t)hash_of(id) & (ids->slot_count - 1);
  while (ids->slots[at] != NULL && strcmp(ids->slots[at], id) != 0)
    at = (at + 1) & (ids->slot_count - 1);
  return &ids->slots[at];
}

static int contains(const id_set* ids, const char* id) {
  return ids->slot_count != 0 && *slot_of(ids, id) != NULL;
}

/* Room for one more, so that add() cannot fail after the event is on disk. */
static int reserve_one(id_set* ids) {
  if (ids->taken * 2 < ids->slot_count) return 1;
  id_set larger = {NULL, ids->slot_count == 0 ? 64 : ids->slot_count * 2, ids->taken};
  larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
  if (larger.slots == NULL) return 0;
  for (size_t i = 0; i < ids->slot_count; ++i)
    if (ids->slots[i] != NULL) *slot_of(&larger, ids->slots[i]) = ids->slots[i];
  free(ids->slots);
  *ids = larger;
  return 1;
}

/* After reserve_one(). Takes `id`, which is not in the set, and frees it with the set. */
static void add(id_set* ids, char* id) {
  *slot_of(ids, id) = id;
  ++ids->taken;
}

static void forget_all(id_set* ids) {
  for (size_t i = 0; i < ids->slot_count; ++i)
    free(ids->slots[i]);
  free(ids->slots);
  memset(ids, 0, sizeof *ids);
}

/* ---- the instance ----------------------------------------------------------------------------*/

struct erp_instance {
  const erp_host* host;
  erp_host_ctx* host_ctx;
  char* data_dir;
  atomic_int is_stopping;
  /* Guards all below. Never held while the host is called (R6). */
  pthread_mutex_t mutex;
  int is_active;
  int records_parts;
  int log_fd;        /* -1 until activate() */
  off_t log_size;    /* whole lines only */
  int has_torn_tail; /* bytes after log_size, of a line that could not be finished */
  id_set known;
};

static void say(erp_instance* self, int32_t level, const char* text) {
  const erp_log_v1* log = self->host->get_service(self->host_ctx, ERP_SERVICE_LOG);
  const erp_attrs no_fields = {NULL, 0};
  if (log != NULL) log->write(self->host_ctx, level, (erp_str){text, strlen(text)}, no_fields);
}

/* ---- received.log ----------------------------------------------------------------------------*/

/* A copy that has no tab, newline or other control character: those become %XX, as does '%'. */
static char* escaped(erp_str text) {
  char* copy = malloc(text.len * 3 + 1);
  if (copy == NULL) return NULL;
  char* end = copy;
  for (size_t i = 0; i < text.len; ++i) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c < 0x20 || c == '%' || c == 0x7f)
      end += sprintf(end, "%%%02X", c);
    else
      *end++ = (char)c;
  }
  *end = '\0';
  return copy;
}

/* Learns the ids of an earlier run. A last line without its end was being written when the machine
 * stopped: its event was never acknowledged and will come again. *size becomes that of the rest. */
static int read_log(FILE* log, id_set* known, off_t* size) {
  char* line = NULL;
  size_t capacity = 0;
  ssize_t length = 0;
  int done = 1;
  *size = 0;
  while (done && (length = getline(&line, &capacity, log)) > 0 && line[length - 1] == '\n') {
    *size += length;
    char* id = strchr(line, '\t');
    char* end = id == NULL ? NULL : strchr(id + 1, '\t');
    if (end == NULL) continue;
    *end = '\0';
    if (contains(known, id + 1)) continue;
    char* copy = strdup(id + 1);
    done = copy != NULL && reserve_one(known);
    if (done)
      add(known, copy);
    else
      free(copy);
  }
  done = done && !ferror(log);
  free(line);
  return done;
}

/* The name of a new file is durable only once its folder is. */
static int sync_folder(const char* folder) {
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int done = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  return done;
}

static erp_status open_log(erp_instance* self, erp_error* error) {
  const size_t path_size = strlen(self->data_dir) + sizeof "/received.log";
  char* path = malloc(path_size);
  if (path == NULL) return fail(error, ERP_E_INTERNAL, "out of memory");
  snprintf(path, path_size, "%s/received.log", self->data_dir);
  const int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  FILE* reading = fd < 0 ? NULL : fopen(path, "re");
  free(path);
  const int done = reading != NULL && read_log(reading, &self->known, &self->log_size) &&
                   ftruncate(fd, self->log_size) == 0 && fsync(fd) == 0 &&
                   sync_folder(self->data_dir);
  const int reason = errno;
  if (reading != NULL) fclose(reading);
  if (!done) {
    if (fd >= 0) close(fd);
    forget_all(&self->known);
    return fail(error, ERP_E_STORAGE, "received.log cannot be opened: %s", strerror(reason));
  }
  self->log_fd = fd;
  return ERP_OK;
}

/* All of the line on disk, or nothing of it. */
static int append(erp_instance* self, const char* line, size_t size) {
  if (self->has_torn_tail && ftruncate(self->log_fd, self->log_size) != 0) return 0;
  self->has_torn_tail = 1;
  for (size_t written = 0; written < size;) {
    const ssize_t count = write(self->log_fd, line + written, size - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    written += (size_t)count;
  }
  if (fsync(self->log_fd) != 0) return 0;
  self->has_torn_tail = 0;
  self->log_size += (off_t)size;
  return 1;
}

/* ---- erp.procurement/1 -----------------------------------------------------------------------*/

/* Under the mutex. `id` is taken over if the answer is ERP_OK. */
static erp_status record_locked(erp_instance* self, char* id, const char* line, size_t size,
                                erp_error* error) {
  if (!self->is_active) return fail(error, ERP_E_UNSUPPORTED, "the instance is not active");
  if (self->is_stopping) return fail(error, ERP_E_SHUTTING_DOWN, "the instance is stopping");
  if (contains(&self->known, id)) return ERP_DUPLICATE;
  if (!reserve_one(&self->known)) return fail(error, ERP_E_INTERNAL, "out of memory");
  if (!append(self, line, size))
    return fail(error, ERP_E_STORAGE, "received.log cannot be written: %s", strerror(errno));
  add(&self->known, id);
  return ERP_OK;
}

/* ERP_OK says that the event is the plugin's own now, come what may: the line is on disk by then.
 */
static erp_status record(erp_instance* self, const erp_event* event, const char* kind,
                         const char* subject_kind, erp_str subject, erp_error* error) {
  if (event == NULL || !ERP_HAS(erp_event, event, actor)) /* the last field of 1.0 (R3) */
    return fail(error, ERP_E_INVALID, "the event is missing or older than 1.0");
  if (event->event_id.ptr == NULL || event->event_id.len == 0 || subject.ptr == NULL)
    return fail(error, ERP_E_INVALID, "the event has no id, or its document has none");

  char* id = escaped(event->event_id);
  char* what = escaped(subject);
  const size_t capacity = id == NULL || what == NULL ? 0 : strlen(id) + strlen(what) + 64;
  char* line = capacity == 0 ? NULL : malloc(capacity);
  erp_status status = ERP_E_INTERNAL;
  if (line == NULL) {
    fail(error, ERP_E_INTERNAL, "out of memory");
  } else {
    const int size = snprintf(line, capacity, "%s\t%s\t%s/%s\n", kind, id, subject_kind, what);
    pthread_mutex_lock(&self->mutex);
    status = record_locked(self, id, line, (size_t)size, error);
    pthread_mutex_unlock(&self->mutex);
  }
  if (status != ERP_OK) free(id);
  free(what);
  free(line);
  return status;
}

static erp_status ERP_CALL on_part_saved(erp_instance* self, const erp_event* event,
                                         const erp_part* part, erp_error* error) ERP_NOEXCEPT {
  if (part == NULL || !ERP_HAS(erp_part, part, reserved))
    return fail(error, ERP_E_INVALID, "the part is missing or older than 1.0");
  pthread_mutex_lock(&self->mutex);
  const int is_wanted = self->records_parts;
  pthread_mutex_unlock(&self->mutex);
  if (!is_wanted) return ERP_IGNORED;
  return record(self, event, "part_saved", "part", part->id, error);
}

static erp_status ERP_CALL on_po_ordered(erp_instance* self, const erp_event* event,
                                         const erp_purchase_order* order,
                                         erp_error* error) ERP_NOEXCEPT {
  if (order == NULL || !ERP_HAS(erp_purchase_order, order, fee_count))
    return fail(error, ERP_E_INVALID, "the order is missing or older than 1.0");
  return record(self, event, "po_ordered", "purchase_order", order->id, error);
}

static erp_status ERP_CALL on_po_received(erp_instance* self, const erp_event* event,
                                          const erp_receipt* receipt,
                                          erp_error* error) ERP_NOEXCEPT {
  if (receipt == NULL || !ERP_HAS(erp_receipt, receipt, line_count))
    return fail(error, ERP_E_INVALID, "the receipt is missing or older than 1.0");
  return record(self, event, "po_received", "receipt", receipt->id, error);
}

static const erp_procurement_v1 procurement = {on_part_saved, on_po_ordered, on_po_received};

/* ---- erp.settings/1 --------------------------------------------------------------------------*/

static const char settings_schema[] =
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\","
    "\"properties\":{\"record_parts\":{\"type\":\"string\",\"enum\":[\"on\",\"off\"],"
    "\"default\":\"on\",\"title\":\"Record parts\","
    "\"description\":\"Whether saved parts are recorded, beside orders and receipts.\"}},"
    "\"additionalProperties\":false}";

/* Takes a JSON string from the front of *rest, without its quotes. Escapes are left as they are:
 * no name or value of this plugin needs one. */
static int take_string(erp_str* rest, erp_str* text) {
  const char* begin = memchr(rest->ptr, '"', rest->len);
  if (begin == NULL) return 0;
  const char* end = rest->ptr + rest->len;
  const char* at = ++begin;
  while (at < end && *at != '"')
    at += *at == '\\' ? 2 : 1;
  if (at >= end) return 0;
  *text = (erp_str){begin, (size_t)(at - begin)};
  *rest = (erp_str){at + 1, (size_t)(end - at - 1)};
  return 1;
}

/* Settings are one flat object of strings, which the host has checked against the schema. */
static erp_status read_settings(erp_str json, int* records_parts, erp_error* error) {
  erp_str rest = json.ptr == NULL ? (erp_str){"", 0} : json;
  erp_str name, value;
  *records_parts = 1;
  while (take_string(&rest, &name)) {
    if (!take_string(&rest, &value))
      return fail(error, ERP_E_INVALID, "the settings are not an object of strings");
    if (!equals(name, "record_parts")) continue;
    if (!equals(value, "on") && !equals(value, "off"))
      return fail(error, ERP_E_INVALID, "record_parts must be \"on\" or \"off\"");
    *records_parts = equals(value, "on");
  }
  return ERP_OK;
}

static erp_status ERP_CALL schema(erp_instance* self, const erp_sink* out,
                                  erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return answer(out, settings_schema);
}

static erp_status ERP_CALL validate(erp_instance* self, erp_str settings_json,
                                    erp_error* error) ERP_NOEXCEPT {
  (void)self;
  int ignored = 0;
  return read_settings(settings_json, &ignored, error);
}

static erp_status ERP_CALL apply(erp_instance* self, erp_str settings_json,
                                 erp_error* error) ERP_NOEXCEPT {
  int records_parts = 1;
  const erp_status status = read_settings(settings_json, &records_parts, error);
  if (status == ERP_OK) {
    pthread_mutex_lock(&self->mutex);
    self->records_parts = records_parts;
    pthread_mutex_unlock(&self->mutex);
  }
  return status;
}

static const erp_settings_v1 settings = {schema, validate, apply};

/* ---- erp.command/1 and erp.job/1 -------------------------------------------------------------*/

static erp_status ERP_CALL list_commands(erp_instance* self, const erp_sink* out,
                                         erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return answer(out, "[{\"name\":\"status\",\"usage\":\"status [--json]\","
                     "\"summary\":\"says how many events were recorded\"}]");
}

static erp_status ERP_CALL run_command(erp_instance* self, const erp_command_call* call,
                                       const erp_sink* out, erp_error* error) ERP_NOEXCEPT {
  const int has_json = call != NULL && call->word_count == 2 && equals(call->words[1], "--json");
  if (call == NULL || call->word_count < 1 || call->word_count > (has_json ? 2u : 1u) ||
      !equals(call->words[0], "status"))
    return fail(error, ERP_E_INVALID, "the only command is: status [--json]");
  pthread_mutex_lock(&self->mutex);
  const size_t count = self->known.taken;
  pthread_mutex_unlock(&self->mutex);
  char text[64];
  snprintf(text, sizeof text, has_json ? "{\"recorded\":%zu}" : "events recorded: %zu\n", count);
  return answer(out, text);
}

static const erp_command_v1 command = {list_commands, run_command};

static erp_status ERP_CALL list_jobs(erp_instance* self, const erp_sink* out,
                                     erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return answer(out, "[{\"name\":\"deliver\",\"summary\":\"nothing: this plugin sends nothing\"}]");
}

static erp_status ERP_CALL run_job(erp_instance* self, erp_str job, erp_instant deadline,
                                   const erp_sink* report, erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)deadline;
  if (!equals(job, ERP_JOB_DELIVER))
    return fail(error, ERP_E_NOT_FOUND, "the only job is \"deliver\"");
  return answer(report, "{\"delivered\":0,\"blocked\":0,\"waiting\":0,\"next_due\":null}");
}

static const erp_job_v1 job = {list_jobs, run_job};

/* ---- the life of an instance -----------------------------------------------------------------*/

static erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* host_ctx,
                                  const erp_instance_config* config, erp_instance** out,
                                  erp_error* error) ERP_NOEXCEPT {
  *out = NULL;
  if (config == NULL || !ERP_HAS(erp_instance_config, config, data_dir) ||
      config->data_dir.ptr == NULL)
    return fail(error, ERP_E_INVALID, "the host gave no data_dir");
  erp_instance* self = calloc(1, sizeof *self);
  char* data_dir = strndup(config->data_dir.ptr, config->data_dir.len); /* borrowed (R5) */
  if (self == NULL || data_dir == NULL || pthread_mutex_init(&self->mutex, NULL) != 0) {
    free(data_dir);
    free(self);
    return fail(error, ERP_E_INTERNAL, "out of memory");
  }
  self->host = host;
  self->host_ctx = host_ctx;
  self->data_dir = data_dir;
  self->records_parts = 1;
  self->log_fd = -1;
  atomic_init(&self->is_stopping, 0);
  *out = self;
  return ERP_OK;
}

static erp_status ERP_CALL activate(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  int records_parts = 1;
  const erp_settings_host_v1* from_host =
      self->host->get_service(self->host_ctx, ERP_SERVICE_SETTINGS);
  if (from_host != NULL) {
    collected json = {NULL, 0};
    const erp_sink into_json = {&json, collect};
    erp_status status = from_host->read(self->host_ctx, &into_json, error);
    if (status >= 0) status = read_settings((erp_str){json.text, json.size}, &records_parts, error);
    free(json.text);
    if (status < 0) return status;
  }
  pthread_mutex_lock(&self->mutex);
  const erp_status status = open_log(self, error);
  self->records_parts = records_parts;
  self->is_active = status == ERP_OK;
  atomic_store(&self->is_stopping, 0);
  self->has_torn_tail = 0;
  pthread_mutex_unlock(&self->mutex);
  if (status == ERP_OK) say(self, ERP_LOG_INFO, "received.log is open");
  return status;
}

/* The host's clock and that of pthread_mutex_timedlock may differ, so only the time left counts. */
static struct timespec lock_deadline(erp_instance* self, erp_instant deadline) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  const erp_clock_v1* clock = self->host->get_service(self->host_ctx, ERP_SERVICE_CLOCK);
  const int64_t left_us = clock == NULL ? 0 : deadline - clock->now(self->host_ctx);
  if (left_us > 0) {
    const int64_t ns = at.tv_nsec + left_us % 1000000 * 1000;
    at.tv_sec += (time_t)(left_us / 1000000 + ns / 1000000000);
    at.tv_nsec = (long)(ns % 1000000000);
  }
  return at;
}

static erp_status ERP_CALL stop(erp_instance* self, erp_instant deadline,
                                erp_error* error) ERP_NOEXCEPT {
  atomic_store(&self->is_stopping, 1);
  /* A hook holds the mutex for as long as it writes: whoever has it knows that none is running. */
  const struct timespec until = lock_deadline(self, deadline);
  if (pthread_mutex_timedlock(&self->mutex, &until) != 0)
    return fail(error, ERP_E_TIMEOUT, "a hook is still writing to disk");
  pthread_mutex_unlock(&self->mutex);
  return ERP_OK;
}

static void ERP_CALL deactivate(erp_instance* self) ERP_NOEXCEPT {
  pthread_mutex_lock(&self->mutex);
  self->is_active = 0;
  if (self->log_fd >= 0) close(self->log_fd);
  self->log_fd = -1;
  forget_all(&self->known);
  pthread_mutex_unlock(&self->mutex);
}

static void ERP_CALL destroy(erp_instance* self) ERP_NOEXCEPT {
  pthread_mutex_destroy(&self->mutex);
  free(self->data_dir);
  free(self);
}

static const void* ERP_CALL get_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  (void)self;
  if (strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0) return &procurement;
  if (strcmp(id, ERP_INTERFACE_SETTINGS) == 0) return &settings;
  if (strcmp(id, ERP_INTERFACE_COMMAND) == 0) return &command;
  if (strcmp(id, ERP_INTERFACE_JOB) == 0) return &job;
  return NULL; /* not offered, or of a later version */
}

/* ---- the one exported symbol (R1) ------------------------------------------------------------*/

#define TEXT(literal)                                                                              \
  { literal, sizeof literal - 1 }

static const erp_plugin plugin = {
    .struct_size = sizeof(erp_plugin),
    .abi_minor = ERP_ABI_MINOR,
    .min_host_minor = 0,
    .id = TEXT("template"),
    .name = TEXT("Template"),
    .version = TEXT("1.0.0"),
    .create = create,
    .activate = activate,
    .stop = stop,
    .deactivate = deactivate,
    .destroy = destroy,
    .get_interface = get_interface,
};

const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host,
                                               erp_error* error) ERP_NOEXCEPT {
  if (host == NULL || !ERP_HAS(erp_host, host, get_service)) {
    fail(error, ERP_E_INVALID, "the host's description is missing or older than 1.0");
    return NULL;
  }
  if (host->abi_minor < plugin.min_host_minor) {
    fail(error, ERP_E_UNSUPPORTED,
         "needs a host of interface 1.%" PRIu32 " or later, this is 1.%" PRIu32,
         plugin.min_host_minor, host->abi_minor);
    return NULL;
  }
  return &plugin;
}
