#pragma once

#include "bundle/manifest.hpp"

namespace host::cli {

// A line for each permission, in a person's words.
std::string permission_lines(const bundle::Permissions& permissions);

} // namespace host::cli
