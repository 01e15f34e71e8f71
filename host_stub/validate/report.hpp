#pragma once

#include "validate/one_check.hpp"
#include "validate/rules.hpp"

#include <string>
#include <vector>

namespace host::validate {

bool is_failure(Verdict verdict); // fail, crash, hang

// `took`: all of it.
std::string as_table(const std::vector<Judged>& judged, const std::string& path,
                     std::chrono::milliseconds took);
std::string as_json(const std::vector<Judged>& judged); // one array
std::string as_junit(const std::vector<Judged>& judged, const std::string& path,
                     std::chrono::milliseconds took);
std::string explained(const Check& check);
std::string explained(const Rule& rule);
// Every check with its rules, every rule with its checks.
std::string listed();
std::string listed_as_json(); // one array: the checks

} // namespace host::validate
