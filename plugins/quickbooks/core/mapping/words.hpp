#pragma once

#include "core/mapping/obstacle.hpp"
#include "core/verdict/words.hpp"

namespace qb::mapping {

// The obstacle in words for the person who can remove it.
verdict::IssueWords words_for(const Obstacle& obstacle, const std::string& subject);

} // namespace qb::mapping
