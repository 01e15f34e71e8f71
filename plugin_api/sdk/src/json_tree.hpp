#pragma once

#include "erp/sdk/canonical_json.hpp"

#include <nlohmann/json_fwd.hpp>

namespace erp {

// An event nests 7 deep; members we do not know may go further, within reason.
constexpr std::size_t json_depth_max = 64;

// Parses one JSON text into `tree`. Beyond JSON's own grammar it refuses a member that stands twice
// in one object, texts over text_length_max_bytes, more than json_depth_max levels, and text that
// is not UTF-8. On failure `tree` holds what came before it.
std::optional<JsonProblem> parse_json_tree(std::string_view text, nlohmann::json& tree);

} // namespace erp
