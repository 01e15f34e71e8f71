/* erp.h - all of the interface. Start reading at plugin.h; the rules are in abi.h. */
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
