/* erp.h - all of the interface. Start reading at plugin.h; the rules are in abi.h.
 *
 * How it changes: what was released stays as it is, to the byte, to the name and in its meaning. A
 * document gains a field at its end, an enumeration a number, a table a successor ("/2") beside it;
 * nothing is removed within version 1. What is not ripe yet lies in a folder called draft, is not
 * included here, and promises nothing. Each case, and what sides of different ages make of it:
 * plugin_api/conventions.md.
 */
#ifndef ERP_ERP_H
#define ERP_ERP_H

#include "erp/ext/command.h"
#include "erp/ext/connect.h"
#include "erp/ext/job.h"
#include "erp/ext/procurement.h"
#include "erp/ext/procurement_changes.h"
#include "erp/ext/settings.h"
#include "erp/plugin.h"
#include "erp/services/attributes.h"
#include "erp/services/clock.h"
#include "erp/services/log.h"
#include "erp/services/notice.h"
#include "erp/services/schedule.h"
#include "erp/services/secrets.h"
#include "erp/services/settings.h"

#endif /* ERP_ERP_H */
