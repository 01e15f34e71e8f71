#include "playing.hpp"

#include "run.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>

namespace fault_matrix {
namespace {

constexpr int runs_of_a_scene_max = 400; // its books grow

// The one cell that the environment names, as often as it was drawn.
std::vector<Cell> wanted(std::vector<Cell> all) {
  const char* const only = std::getenv("LEDGERHOOK_MATRIX");
  if (only == nullptr) return all;
  std::erase_if(all, [&](const Cell& cell) { return !name_of(cell).starts_with(only); });
  return all;
}

std::uint64_t seed_of(const Cell& cell, std::uint64_t seed, std::size_t round) {
  std::uint64_t mixed = seed + round * 0x9E3779B97F4A7C15ULL;
  for (const char c : name_of(cell))
    mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return mixed;
}

// What stands in the books after many runs: no mark twice.
std::vector<std::string> marked_twice(const Scene& scene) {
  std::vector<std::string> complaints;
  for (const char* entity : {"PurchaseOrder", "Bill"}) {
    std::map<std::string, int> marks;
    for (const Json& object : scene.world.objects(entity)) {
      const std::string& note = object["PrivateNote"].text();
      const std::size_t from = note.find("[erp:");
      if (from != std::string::npos) ++marks[note.substr(from, note.find(']', from) - from)];
    }
    for (const auto& [mark, count] : marks)
      if (count > 1) complaints.push_back(mark + "] is on " + std::to_string(count) + " documents");
  }
  return complaints;
}

} // namespace

std::vector<Cell> one_of_each_row(std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  std::vector<Cell> chosen;
  const std::vector<Cell> all = cells();
  for (const Row& row : rows()) {
    std::vector<Cell> of_row;
    for (const Cell& cell : all)
      if (cell.row == &row) of_row.push_back(cell);
    chosen.push_back(of_row[dice() % of_row.size()]);
  }
  return std::getenv("LEDGERHOOK_MATRIX") == nullptr ? chosen : wanted(all);
}

std::vector<Cell> drawn(std::uint64_t seed, std::size_t runs) {
  std::mt19937_64 dice(seed);
  std::vector<Cell> all = wanted(cells());
  std::vector<Cell> chosen;
  while (chosen.size() < runs && !all.empty()) {
    std::shuffle(all.begin(), all.end(), dice);
    chosen.insert(chosen.end(), all.begin(),
                  all.begin() +
                      static_cast<std::ptrdiff_t>(std::min(all.size(), runs - chosen.size())));
  }
  return chosen;
}

Played play(const std::vector<Cell>& cells, std::uint64_t seed, const std::string& program) {
  Played played;
  std::unique_ptr<Scene> scene;
  std::map<std::string, std::size_t> rounds;
  int runs_here = 0;
  const bool told = std::getenv("LEDGERHOOK_MATRIX_TIMES") != nullptr;
  const auto complain = [&](const std::string& where, const std::string& words) {
    played.complaints.push_back(where + ": " + words);
  };
  for (const Cell& cell : cells) {
    const std::string name = name_of(cell);
    const std::size_t round = rounds[name]++;
    if (!scene) scene = std::make_unique<Scene>();
    const auto began = std::chrono::system_clock::now();
    Run run(*scene, cell, seed_of(cell, seed, round));
    const auto complaints = run.play();
    ++played.runs;
    played.went_singly += run.went_singly() ? 1 : 0;
    if (told)
      std::cout << name << ' '
                << std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now() - began)
                       .count()
                << " ms\n";
    for (const std::string& words : complaints)
      complain(name, words + "\n    again: LEDGERHOOK_MATRIX=" + name + " LEDGERHOOK_MATRIX_RUNS=" +
                         std::to_string(round + 1) + " LEDGERHOOK_SEED=" + std::to_string(seed) +
                         " ./dev test '" + program + "'");
    if (complaints.empty() && ++runs_here < runs_of_a_scene_max) continue;
    if (complaints.empty())
      for (const std::string& words : marked_twice(*scene))
        complain("the books", words);
    scene.reset(); // after a complaint nobody knows what is left of it
    runs_here = 0;
  }
  if (scene)
    for (const std::string& words : marked_twice(*scene))
      complain("the books", words);
  return played;
}

} // namespace fault_matrix
