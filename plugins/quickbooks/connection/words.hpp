#pragma once

#include "core/verdict/words.hpp"
#include "oauth/place.hpp"

#include <array>
#include <string>

// What a person reads about trouble with the connection itself.
namespace qb::connection {

constexpr const char* unsaved_cause = "connection/unsaved";
constexpr const char* unopenable_cause = "connection/unopenable";
constexpr const char* elsewhere_cause = "connection/elsewhere";
constexpr const char* mixed_cause = "connection/mixed_environments";
constexpr std::array<const char*, 4> own_causes = {unsaved_cause, unopenable_cause, elsewhere_cause,
                                                   mixed_cause};

// New tokens are in use that the disk does not take.
verdict::IssueWords unsaved_words();
// The key of the vault is not the one it was sealed with.
verdict::IssueWords unopenable_words(const std::string& said);
// The settings name another place than the one where the connection was made.
verdict::IssueWords elsewhere_words(const oauth::Place& made, const oauth::Place& now);

} // namespace qb::connection
