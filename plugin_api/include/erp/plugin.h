/* plugin.h - the two sides and the one entry. Start here.
 *
 * Life of an instance:
 *
 *   entry -> create -> activate -> (hooks, jobs, commands) -> stop -> deactivate -> destroy
 *
 * An instance that was created but not activated answers erp.settings/1 only. An instance belongs
 * to one host company. A plugin starts no thread and keeps no timer of its own: it works inside the
 * calls it gets, and asks for more of them through "erp.schedule/1". What belongs to the process is
 * the host's: standard output and error, signals, environment, locale, current folder, umask. A
 * plugin leaves it as it is, writes files in data_dir only, and says what there is to say through
 * "erp.log/1". A library that was loaded stays mapped until the process ends; a new version is
 * loaded beside the old one.
 *
 * Every deadline is a time of "erp.clock/1" now().
 */
#ifndef ERP_PLUGIN_H
#define ERP_PLUGIN_H

#include "erp/status.h"
#include "erp/values.h"

ERP_EXTERN_C_BEGIN

/* The host's, one per instance; first argument of every service. Valid from create() until
 * destroy() returns. */
typedef struct erp_host_ctx erp_host_ctx;
/* The plugin's, made by create(). */
typedef struct erp_instance erp_instance;

/* [since 1.0] Open type. Lives until the process ends. */
typedef struct erp_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  erp_str name, version;
  /* [any][quick] The table of a service ("erp.log/1"), or null: not offered. The same answer for an
   * instance's life. */
  const void*(ERP_CALL* get_service)(erp_host_ctx*, const char* id)ERP_NOEXCEPT;
} erp_host;

/* [since 1.0] Open type. Borrowed for the call of create(). */
typedef struct erp_instance_config {
  uint32_t struct_size;
  uint32_t reserved;    /* 0 */
  erp_str instance_id;  /* the same over restarts and versions, and so is its data_dir */
  erp_str company_name; /* the host's own company, for people to read; it may be renamed */
  erp_str environment;  /* what the host calls the system it is: "production", "test", ... */
  erp_str data_dir;     /* an existing folder only this instance may use; absolute path */
} erp_instance_config;

/* [since 1.0] Open type. Static and const in the plugin. */
typedef struct erp_plugin {
  uint32_t struct_size;
  uint32_t abi_minor; /* what the plugin was built with */
  uint32_t
      min_host_minor; /* what it cannot do without; the host refuses it otherwise, with words */
  uint32_t reserved;  /* 0 */
  erp_str id;         /* "quickbooks": letters, digits, '.', '-', '_' */
  erp_str name, version;
  /* [any][quick] Allocates only: no file, no call of the host. *out is the plugin's until
   * destroy(). */
  erp_status(ERP_CALL* create)(const erp_host*, erp_host_ctx*, const erp_instance_config*,
                               erp_instance** out, erp_error*) ERP_NOEXCEPT;
  /* [serial][may-block] Reads settings, opens files, asks for the jobs that are due. At most 10 s.
   */
  erp_status(ERP_CALL* activate)(erp_instance*, erp_error*) ERP_NOEXCEPT;
  /* [any][may-block] Hooks are refused from now on (ERP_E_SHUTTING_DOWN), a running job is asked to
   * return; comes back when nothing runs any more or at `deadline` (ERP_E_TIMEOUT). Whatever is
   * unfinished is durable. */
  erp_status(ERP_CALL* stop)(erp_instance*, erp_instant deadline, erp_error*) ERP_NOEXCEPT;
  /* [serial][may-block] After stop(). When it returns no call of the host is in flight. At most 10
   * s. */
  void(ERP_CALL* deactivate)(erp_instance*) ERP_NOEXCEPT;
  /* [any][quick] After deactivate(), after a failed activate(), or after create() alone. */
  void(ERP_CALL* destroy)(erp_instance*) ERP_NOEXCEPT;
  /* [any][quick] The table of an interface ("erp.procurement/1"), or null: not offered. The same
   * answer always. */
  const void*(ERP_CALL* get_interface)(erp_instance*, const char* id)ERP_NOEXCEPT;
} erp_plugin;

/* [any][quick] The one exported symbol. Pure and idempotent: no thread, file or global state. Null
 * = refused, *error says why. */
#define ERP_PLUGIN_ENTRY_NAME "erp_plugin_entry_v1"
ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host*, erp_error*) ERP_NOEXCEPT;
typedef const erp_plugin*(ERP_CALL* erp_plugin_entry_v1_fn)(const erp_host*,
                                                            erp_error*)ERP_NOEXCEPT;

ERP_ABI_ASSERT(sizeof(erp_host) == 48);
ERP_ABI_ASSERT(sizeof(erp_instance_config) == 72);
ERP_ABI_ASSERT(sizeof(erp_plugin) == 112);
ERP_ABI_ASSERT(offsetof(erp_plugin, create) == 64);

ERP_EXTERN_C_END
#endif /* ERP_PLUGIN_H */
