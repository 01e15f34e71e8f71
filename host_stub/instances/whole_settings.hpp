#pragma once

#include "instances/instance.hpp"
#include "settings/schema.hpp"

namespace host::instances {

// The schema of a created instance; ERP_E_UNSUPPORTED: the plugin has no settings.
Outcome<settings::Schema> schema_of(Instance& instance);

// Are these good as a whole, by the schema and by the plugin's own judgement?
Outcome<void> check_whole(Instance& instance, const settings::Schema& schema,
                          const settings::Values& values);

} // namespace host::instances
