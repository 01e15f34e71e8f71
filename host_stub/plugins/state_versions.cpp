#include "plugins/state_versions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

namespace host::plugins {
namespace {

using nlohmann::json;

constexpr std::uint64_t version_max = 1'000'000;
constexpr std::size_t reads_max = 1000;

bool is_version(const json& value) {
  return value.is_number_unsigned() && value.get<std::uint64_t>() <= version_max;
}

} // namespace

bool StateVersions::can_read(const StateVersions& other) const {
  if (!other.writes || reads.empty()) return true;
  return std::find(reads.begin(), reads.end(), *other.writes) != reads.end();
}

std::string StateVersions::to_text() const {
  if (!writes) return "";
  std::string text = std::to_string(*writes) + ":";
  for (const std::int64_t one : reads)
    text += (text.back() == ':' ? "" : ",") + std::to_string(one);
  return text;
}

StateVersions StateVersions::from_text(const std::string& text) {
  StateVersions result;
  std::istringstream stream(text);
  std::int64_t number = 0;
  if (stream >> number) result.writes = number;
  for (char sign = 0; stream >> sign >> number;)
    result.reads.push_back(number);
  return result;
}

Outcome<StateVersions> state_versions_of(std::string_view manifest) {
  const json content = json::parse(manifest, nullptr, false);
  StateVersions result;
  if (!content.is_object()) return result;
  const auto writes = content.find("state_version"), reads = content.find("reads_state");
  if (writes == content.end() && reads == content.end()) return result;
  if (writes == content.end() || !is_version(*writes))
    return problem("its plugin.json must say its \"state_version\" as a number, such as 3");
  result.writes = writes->get<std::int64_t>();
  if (reads == content.end()) return result;
  if (!reads->is_array() || reads->empty() || reads->size() > reads_max ||
      !std::all_of(reads->begin(), reads->end(), is_version))
    return problem("its plugin.json must say in \"reads_state\" which versions of its data it can "
                   "start from, such as [2, 3]");
  result.reads = reads->get<std::vector<std::int64_t>>();
  if (!result.can_read(result))
    return problem("its plugin.json says that it cannot start from the data that it writes: "
                   "\"reads_state\" must hold " +
                   std::to_string(*result.writes));
  return result;
}

} // namespace host::plugins
