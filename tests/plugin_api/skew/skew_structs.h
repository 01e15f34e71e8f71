/* skew_structs.h - every open struct with the member that older headers lack. Compiled with the
 * headers of three ages; SKEW_AGE is 0, 1 or 2 for older, today's and newer ones. */
#ifndef SKEW_STRUCTS_H
#define SKEW_STRUCTS_H

/* What a host hands to a plugin. headers.sh checks that none is missing. */
/* clang-format off */
#define SKEW_DOCUMENTS(SKEW_OPEN)                   \
  SKEW_OPEN(erp_instance_config, data_dir)          \
  SKEW_OPEN(erp_event, actor)                       \
  SKEW_OPEN(erp_part, active)                       \
  SKEW_OPEN(erp_address, country)                   \
  SKEW_OPEN(erp_supplier, address)                  \
  SKEW_OPEN(erp_po_line, attributes)                \
  SKEW_OPEN(erp_fee, amount)                        \
  SKEW_OPEN(erp_purchase_order, fee_count)          \
  SKEW_OPEN(erp_receipt_line, quantity)             \
  SKEW_OPEN(erp_receipt, line_count)                \
  SKEW_OPEN(erp_command_call, deadline)             \
  SKEW_OPEN(erp_connect_answer, required_company)
/* What a plugin hands to a host. */
#define SKEW_NOTICES(SKEW_OPEN)                     \
  SKEW_OPEN(erp_notice, text)
/* What each side says of itself. */
#define SKEW_DESCRIPTIONS(SKEW_OPEN)                \
  SKEW_OPEN(erp_host, get_service)                  \
  SKEW_OPEN(erp_plugin, get_interface)
/* clang-format on */

#endif
