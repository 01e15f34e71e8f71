#pragma once

#include "core/settings/settings.hpp"

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace qb::settings {

constexpr std::size_t settings_size_max_bytes = 256u * 1024;
constexpr std::size_t setting_text_max_bytes = 2000;

// {"name":"text", ...} and nothing else: no number, no nesting, no name twice.
tl::expected<std::map<std::string, std::string>, std::vector<Problem>>
read_flat(std::string_view json);

} // namespace qb::settings
