#pragma once

#include "instances/whole_settings.hpp"

namespace host::cli {

using instances::check_whole;
using instances::schema_of;

} // namespace host::cli
