#pragma once

#include "outcome/problem.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace host::bundle {

constexpr const char* sums_name = "SHA256SUMS";

// SHA256SUMS names every other file of `files` (relative to `folder`), none else, each with its
// hash.
Outcome<void> check_sums(const std::filesystem::path& folder,
                         const std::vector<std::string>& files);

} // namespace host::bundle
