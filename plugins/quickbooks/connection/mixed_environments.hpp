#pragma once

#include "core/settings/settings.hpp"
#include "core/verdict/words.hpp"

#include <optional>
#include <string_view>

namespace qb::connection {

// A copy of the production system that goes on writing into the real books, or production orders
// that go to a test company. What a person reads of it; nullopt: both sides fit. The setting
// host_environment names the ERP's environment that this connection is meant for; without it
// production belongs with production and nothing else does. `host_environment`: what the host calls
// itself; "" : it does not say.
std::optional<verdict::IssueWords> mixed_environments(const settings::Settings& settings,
                                                      std::string_view host_environment);

} // namespace qb::connection
