/* command.h - "erp.command/1", offered by a plugin: its own commands, for a command line or a page
 * of the host. */
#ifndef ERP_EXT_COMMAND_H
#define ERP_EXT_COMMAND_H

#include "erp/plugin.h"

ERP_EXTERN_C_BEGIN

#define ERP_INTERFACE_COMMAND "erp.command/1"

/* [since 1.0] Open type. */
typedef struct erp_command_call {
  uint32_t struct_size;
  uint32_t word_count;
  const erp_str* words; /* "outbox", "list", "--json" */
  erp_str actor;        /* who asks, as the host names people; may be absent */
  erp_instant deadline; /* return by then; progress so far is kept */
} erp_command_call;

/* [since 1.0] */
typedef struct erp_command_v1 {
  /* [any][quick] Writes a JSON array of {"name","usage","summary"}. */
  erp_status(ERP_CALL* list)(erp_instance*, const erp_sink* out, erp_error*) ERP_NOEXCEPT;
  /* [any][may-block] Runs the words; writes text for a person, or JSON where the words hold
   * "--json". ERP_E_INVALID: the words make no command; the message says what would. */
  erp_status(ERP_CALL* run)(erp_instance*, const erp_command_call*, const erp_sink* out,
                            erp_error*) ERP_NOEXCEPT;
} erp_command_v1;

ERP_ABI_ASSERT(sizeof(erp_command_call) == 40);
ERP_ABI_ASSERT(sizeof(erp_command_v1) == 16);

ERP_EXTERN_C_END
#endif /* ERP_EXT_COMMAND_H */
