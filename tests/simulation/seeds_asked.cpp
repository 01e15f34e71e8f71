#include "seeds_asked.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace simulation {
namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::runtime_error("QB_SIM_SEEDS is first..last, for example 1..2000");
  return value;
}

} // namespace

std::optional<Seeds> seeds_asked_for() {
  const char* const asked = std::getenv("QB_SIM_SEEDS");
  if (!asked) return std::nullopt;
  const std::string_view text = asked;
  const std::size_t dots = text.find("..");
  const std::uint64_t first = number(text.substr(0, dots));
  const std::uint64_t last = dots == text.npos ? first : number(text.substr(dots + 2));
  if (last < first) throw std::runtime_error("QB_SIM_SEEDS: the last seed comes before the first");
  return Seeds{first, last - first + 1};
}

} // namespace simulation
