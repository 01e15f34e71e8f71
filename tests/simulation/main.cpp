// simulation --seeds A..B         runs them, and says how many fail
// simulation --seed N [--history] runs one, and shows all of it or, if it fails, the shortest of it
// simulation --seed N --live      shows each line as it comes
#include "history.hpp"
#include "seeds.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace {

int usage() {
  std::cerr << "simulation --seeds A..B | --seed N [--history]\n";
  return 2;
}

int run_one(std::uint64_t seed, bool with_history) {
  const simulation::Result result = simulation::run(seed);
  if (with_history)
    for (const std::string& line : result.history)
      std::cout << line << "\n";
  else if (!result.violation.empty())
    std::cout << simulation::shortened(seed);
  std::cout << "seed " << seed << ": "
            << (result.violation.empty() ? "all is well" : result.violation) << " (history "
            << std::hex << result.hash << std::dec << ")\n";
  return result.violation.empty() ? 0 : 1;
}

int run_all(std::uint64_t first, std::uint64_t last) {
  constexpr int told_max = 3;
  const auto began = std::chrono::steady_clock::now();
  int failed = 0;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const simulation::Result result = simulation::run(seed);
    if (result.violation.empty()) continue;
    if (++failed <= told_max)
      std::cout << simulation::shortened(seed) << std::endl;
    else
      std::cout << "seed " << seed << ": " << result.violation << std::endl;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%llu runs, %d failed, %.1f s\n", static_cast<unsigned long long>(last - first + 1),
              failed, took.count());
  return failed == 0 ? 0 : 1;
}

} // namespace

int main(int count, char** words) {
  simulation::History::live = count > 3 && std::strcmp(words[3], "--live") == 0;
  if (count >= 3 && std::strcmp(words[1], "--seed") == 0)
    return run_one(std::strtoull(words[2], nullptr, 10),
                   count > 3 && std::strcmp(words[3], "--history") == 0);
  if (count == 3 && std::strcmp(words[1], "--seeds") == 0) {
    const char* const dots = std::strstr(words[2], "..");
    if (dots)
      return run_all(std::strtoull(words[2], nullptr, 10), std::strtoull(dots + 2, nullptr, 10));
  }
  return usage();
}
