#pragma once
#include "company.hpp"

#include <nlohmann/json_fwd.hpp>

namespace emulator::books {

/// The whole company as JSON. Bodies are kept as JSON text inside, which keeps numbers exact.
nlohmann::json saved(const Company& company);

/// Throws std::runtime_error when the document is not one that `saved` wrote.
Company restored(const nlohmann::json& document);

} // namespace emulator::books
