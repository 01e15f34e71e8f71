/* A table with a hole. */
#include "healthy.h"

static const erp_command_v1 with_a_hole = {NULL, run_command};

ANIMAL_WITH_TABLE(ERP_INTERFACE_COMMAND, with_a_hole)
