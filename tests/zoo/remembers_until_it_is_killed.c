/* Keeps the ids of orders in memory, and writes them down when it is stopped in good order. */
#include "healthy.h"

enum { memory_max = 1024, id_bytes_max = 128, instances_max = 4 };
typedef struct {
  const erp_instance* owner; /* null: free */
  size_t count;
  char ids[memory_max][id_bytes_max];
} notebook;
static notebook notebooks[instances_max];
static pthread_mutex_t memory_mutex = PTHREAD_MUTEX_INITIALIZER;

/* Under memory_mutex. That of `owner`, or with null a free one. */
static notebook* notebook_of(const erp_instance* owner) {
  for (size_t i = 0; i < instances_max; ++i)
    if (notebooks[i].owner == owner) return &notebooks[i];
  return NULL;
}

static FILE* notes_of(erp_instance* self, const char* mode) {
  char path[4096];
  snprintf(path, sizeof path, "%s/notes", self->data_dir);
  return fopen(path, mode);
}

static erp_status ERP_CALL activate_with_notes(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  pthread_mutex_lock(&memory_mutex);
  notebook* memory = notebook_of(NULL);
  if (memory != NULL) {
    memory->owner = self;
    memory->count = 0;
    FILE* notes = notes_of(self, "rbe");
    if (notes != NULL) {
      memory->count = fread(memory->ids, sizeof memory->ids[0], memory_max, notes);
      fclose(notes);
    }
  }
  pthread_mutex_unlock(&memory_mutex);
  if (memory == NULL) return fail(error, ERP_E_INTERNAL, "there are too many instances");
  const erp_status status = activate(self, error);
  if (status < 0) memory->owner = NULL;
  return status;
}

static void ERP_CALL deactivate_with_notes(erp_instance* self) ERP_NOEXCEPT {
  pthread_mutex_lock(&memory_mutex);
  notebook* memory = notebook_of(self);
  FILE* notes = notes_of(self, "wbe");
  if (notes != NULL && memory != NULL)
    fwrite(memory->ids, sizeof memory->ids[0], memory->count, notes);
  if (notes != NULL) fclose(notes);
  if (memory != NULL) memory->owner = NULL;
  pthread_mutex_unlock(&memory_mutex);
  deactivate(self);
}

/* Under memory_mutex. */
static erp_status remember(notebook* memory, const char* id) {
  if (memory == NULL) return ERP_E_UNSUPPORTED;
  for (size_t i = 0; i < memory->count; ++i)
    if (strcmp(memory->ids[i], id) == 0) return ERP_DUPLICATE;
  if (memory->count == memory_max) return ERP_E_STORAGE;
  strcpy(memory->ids[memory->count++], id);
  return ERP_OK;
}

static erp_status ERP_CALL on_ordered(erp_instance* self, const erp_event* event,
                                      const erp_purchase_order* order,
                                      erp_error* error) ERP_NOEXCEPT {
  if (!ERP_HAS(erp_purchase_order, order, fee_count) || event->event_id.len >= id_bytes_max ||
      !self->is_active)
    return fail(error, ERP_E_INVALID, "this order cannot be remembered");
  if (atomic_load(&self->is_stopping)) return fail(error, ERP_E_SHUTTING_DOWN, "stopping");
  char id[id_bytes_max] = {0};
  memcpy(id, event->event_id.ptr, event->event_id.len);
  pthread_mutex_lock(&memory_mutex);
  const erp_status status = remember(notebook_of(self), id);
  pthread_mutex_unlock(&memory_mutex);
  return status < 0 ? fail(error, status, "there is no room for more") : status;
}
static const erp_procurement_v1 sick_hooks = {on_part_saved, on_ordered, on_po_received};
static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  return strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0 ? &sick_hooks : get_interface(self, id);
}

ANIMAL(.activate = activate_with_notes, .deactivate = deactivate_with_notes,
       .get_interface = sick_interface)
