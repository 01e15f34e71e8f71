/* The plugin "ship" 1.1.0 in ways that no administrator wants: each is built of this with one way
 * defined. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <erp/erp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LITERAL(text)                                                                              \
  { text, sizeof(text) - 1 }

struct erp_instance {
  char data_dir[4096];
  const erp_host* host;
  erp_host_ctx* ctx;
};

#ifdef LEAVES_A_PROCESS
/* As daemons do: nothing of the process group or session ties it to us. Its number goes to the file
 * that the environment names. */
static void leave_a_process(void) {
  if (fork() != 0) return;
  setsid();
  if (fork() != 0) _exit(0);
  FILE* const file = fopen(getenv("LEFT_BEHIND"), "w");
  if (file) fprintf(file, "%d\n", (int)getpid()), fclose(file);
  for (;;)
    pause();
}
#endif

#ifdef CHANGES_ITS_FILE
static void change_own_file(void) {
  Dl_info info;
  static const int here = 0;
  if (!dladdr(&here, &info)) return;
  FILE* const file = fopen(info.dli_fname, "ab");
  if (file) fputs("more", file), fclose(file);
}
#endif

static erp_status ERP_CALL create(const erp_host* host, erp_host_ctx* ctx,
                                  const erp_instance_config* config, erp_instance** out,
                                  erp_error* error) {
  (void)error;
#if defined CRASHES_IN_CREATE
  *(volatile int*)8 = 1;
#elif defined HANGS_IN_CREATE
  for (;;)
    pause();
#elif defined LEAVES_A_PROCESS
  leave_a_process();
  for (int i = 0; i < 100 && access(getenv("LEFT_BEHIND"), R_OK) != 0; ++i)
    usleep(10 * 1000);
#elif defined CHANGES_ITS_FILE
  change_own_file();
#endif
  *out = calloc(1, sizeof **out);
  if (!*out) return ERP_E_INTERNAL;
  (*out)->host = host;
  (*out)->ctx = ctx;
  memcpy((*out)->data_dir, config->data_dir.ptr, config->data_dir.len);
  return ERP_OK;
}

/* Writes down what the host hands out, for those that ask as they should and those that do not. */
static erp_status ERP_CALL activate(erp_instance* self, erp_error* error) {
  (void)error;
  static const char* const ids[] = {ERP_SERVICE_LOG, ERP_SERVICE_SECRETS, ERP_SERVICE_CLOCK};
  char path[4200];
  snprintf(path, sizeof path, "%s/services", self->data_dir);
  FILE* const file = fopen(path, "w");
  if (!file) return ERP_E_STORAGE;
  for (size_t i = 0; i < sizeof ids / sizeof *ids; ++i)
    fprintf(file, "%s %s %s\n", ids[i], self->host->get_service(self->ctx, ids[i]) ? "yes" : "null",
            self->host->get_service(NULL, ids[i]) ? "yes" : "null");
  return fclose(file) == 0 ? ERP_OK : ERP_E_STORAGE;
}

static erp_status ERP_CALL stop(erp_instance* self, erp_instant deadline, erp_error* error) {
  (void)self, (void)deadline, (void)error;
  return ERP_OK;
}

static void ERP_CALL deactivate(erp_instance* self) {
  (void)self;
}

static void ERP_CALL destroy(erp_instance* self) {
  free(self);
}

static const void* ERP_CALL get_interface(erp_instance* self, const char* id) {
  (void)self, (void)id;
  return NULL;
}

static const erp_plugin plugin = {
    sizeof(erp_plugin), ERP_ABI_MINOR, 0,        0,    LITERAL("ship"), LITERAL("The ship"),
    LITERAL("1.1.0"),   create,        activate, stop, deactivate,      destroy,
    get_interface};

ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host, erp_error* error) {
  (void)host, (void)error;
#ifdef SPEAKS_TO_THE_SCREEN
  static const char words[] = "\033[2Jeverything is fine\nerp-host: installed ship";
  memcpy(error->message, words, sizeof words);
  error->message_len = sizeof words - 1;
  return NULL;
#endif
  return &plugin;
}
