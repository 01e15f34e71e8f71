#pragma once

#include <string_view>

namespace host::bundle {

// As people and Semantic Versioning order them: 1.9.0 before 1.10.0, 2.0.0-rc.1 before 2.0.0.
// Below zero: `a` is older; 0: neither is newer.
int compare_versions(std::string_view a, std::string_view b);

} // namespace host::bundle
