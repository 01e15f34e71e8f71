#pragma once

#include "erp/plugin.h"
#include "outcome/problem.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace host::loader {

constexpr std::chrono::seconds inspection_time_max{5};

struct Described {
  std::string id, name, version;
};

// What a library says of itself. It is loaded in a process of its own, this program run anew: code
// that nobody has trusted yet may crash, hang or end the process without taking this one along.
// Any thread; at most inspection_time_max. ERP_E_UNSUPPORTED: it is no plugin for this host.
Outcome<Described> inspect(const std::filesystem::path& library);

// The other side of inspect(): for main() to ask before anything else. The exit code, if this
// process was started to look at a library; else nothing.
std::optional<int> inspect_if_asked(int argc, char** argv, const erp_host& host);

} // namespace host::loader
