#pragma once

#include "validate/one_check.hpp"

#include <string>
#include <vector>

namespace host::validate {

bool is_failure(Verdict verdict); // fail, crash, hang

std::string as_table(const std::vector<Judged>& judged, const std::string& path);
std::string as_json(const std::vector<Judged>& judged); // one array
std::string as_junit(const std::vector<Judged>& judged, const std::string& path);
std::string explained(const Check& check);
std::string listed();

} // namespace host::validate
