#include "settings/schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::settings {
namespace {

constexpr std::size_t slips_max = 3;

// Letters to add, drop or change to turn one name into the other.
std::size_t slips_between(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string joined(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names)
    result += (result.empty() ? "" : ", ") + name;
  return result;
}

} // namespace

std::vector<std::string> close_matches(const std::string& wanted,
                                       const std::vector<std::string>& names) {
  std::vector<std::pair<std::size_t, std::string>> close;
  for (const std::string& name : names) {
    const std::size_t slips = slips_between(wanted, name);
    const bool contained = wanted.size() >= 4 && (name.find(wanted) != std::string::npos ||
                                                  wanted.find(name) != std::string::npos);
    if (contained || slips <= std::min(slips_max, wanted.size() / 3 + 1))
      close.emplace_back(slips, name);
  }
  std::sort(close.begin(), close.end());
  std::vector<std::string> result;
  for (const auto& [slips, name] : close)
    result.push_back(name);
  return result;
}

Problem unknown_name(const std::string& wanted, const std::vector<std::string>& names) {
  const auto close = close_matches(wanted, names);
  if (!close.empty()) return did_you_mean(wanted, close);
  return {"there is no setting \"" + wanted + "\"; there are: " + joined(names), ERP_E_NOT_FOUND};
}

Problem did_you_mean(const std::string& wanted, const std::vector<std::string>& close) {
  return {"there is no setting \"" + wanted + "\"; did you mean " + joined(close) + "?",
          ERP_E_NOT_FOUND};
}

std::string to_json(const Values& values) {
  return nlohmann::json(values).dump();
}

} // namespace host::settings
