#pragma once

#include "erp/erp.h"

// The tables of the C interface, each in the file of its name; found by id in plugin.cpp.
namespace qb {

extern const erp_procurement_v1 procurement_table;
extern const erp_procurement_changes_v1 procurement_changes_table;
extern const erp_settings_v1 settings_table;
extern const erp_connect_v1 connect_table;
extern const erp_command_v1 command_table;
extern const erp_job_v1 job_table;

} // namespace qb
