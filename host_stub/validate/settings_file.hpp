#pragma once

#include "outcome/problem.hpp"

#include <map>
#include <string>

namespace host::validate {

// A flat JSON object of strings. An empty name: no settings.
host::Outcome<std::map<std::string, std::string>> read_settings_file(const std::string& file);

} // namespace host::validate
