#include "books.hpp"
#include "rendering.hpp"

#include "core/settings/settings.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

// Each folder in golden/ is a case: about.txt says what it shows, event.json is what the host says,
// quickbooks.json what QuickBooks holds, settings.json what the company chose; the fourth file is
// what comes of it. `./dev golden --accept` rewrites that one.

namespace fs = std::filesystem;
using namespace qb::mapping;
using qb::qbo::Value;

namespace {

constexpr const char* result_files[] = {"request.json", "obstacles.txt", "first.txt",
                                        "read.txt",     "known.txt",     "nothing.txt"};

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path.string() << " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

Value json_of(const fs::path& path) {
  auto value = qb::qbo::read(text_of(path));
  REQUIRE_MESSAGE(value.has_value(), path.string() << ": " << value.error());
  return *value;
}

qb::settings::Settings settings_of(const fs::path& path) {
  Value flat = json_of(path);
  flat.set("environment", "sandbox");
  flat.set("client_id", "an-app");
  flat.set("client_secret", "a-secret");
  auto settings = qb::settings::parse(qb::qbo::write(flat));
  if (!settings)
    for (const auto& problem : settings.error())
      MESSAGE(problem.what);
  REQUIRE_MESSAGE(settings.has_value(), path.string());
  return *settings;
}

// All, or the one that LEDGERHOOK_GOLDEN_CASE names: each case is a ctest of its own besides.
std::vector<fs::path> cases() {
  const char* const wanted = std::getenv("LEDGERHOOK_GOLDEN_CASE");
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(LEDGERHOOK_GOLDEN_DIR))
    if (entry.is_directory() && (!wanted || entry.path().filename() == wanted))
      folders.push_back(entry.path());
  REQUIRE_FALSE(folders.empty());
  std::sort(folders.begin(), folders.end());
  return folders;
}

struct Case {
  erp::Event event;
  bool derived; // the folder's name says so: an event that we made ourselves
  Books books;
  qb::settings::Settings settings;

  explicit Case(const fs::path& folder)
      : event(event_of(folder / "event.json")),
        derived(folder.filename().string().find("_on_the_fly") != std::string::npos),
        books(json_of(folder / "quickbooks.json")),
        settings(settings_of(folder / "settings.json")) {}
  static erp::Event event_of(const fs::path& path) {
    auto event = erp::event_from_json(text_of(path));
    REQUIRE_MESSAGE(event.has_value(),
                    path.string() << ": " << event.error().field << " " << event.error().what);
    return *event;
  }
  Plan planned() const { return plan(event, derived, books, settings); }
};

std::string expected_file(const fs::path& folder) {
  std::string found;
  for (const char* name : result_files)
    if (fs::exists(folder / name)) {
      CHECK_MESSAGE(found.empty(), folder.string() << " has two results");
      found = name;
    }
  return found;
}

void accept(const fs::path& folder, const Rendered& result) {
  for (const char* name : result_files)
    fs::remove(folder / name);
  std::ofstream(folder / result.file, std::ios::binary) << result.text;
}

} // namespace

TEST_CASE("every golden case is mapped as its file says") {
  const char* accepting = std::getenv("LEDGERHOOK_ACCEPT_GOLDEN");
  for (const fs::path& folder : cases()) {
    CAPTURE(folder.filename().string());
    const Case golden(folder);
    const Rendered result = rendered(golden.planned(), erp::subject_of(golden.event));
    if (accepting && std::string(accepting) == "1") accept(folder, result);
    const std::string file = expected_file(folder);
    CHECK(file == result.file);
    if (file == result.file) CHECK(text_of(folder / file) == result.text);
  }
}

TEST_CASE("every golden case says in one sentence what it shows") {
  CHECK(cases().size() >= 35);
  for (const fs::path& folder : cases()) {
    CAPTURE(folder.filename().string());
    const std::string about = text_of(folder / "about.txt");
    CHECK(about.size() > 20);
    CHECK(std::count(about.begin(), about.end(), '\n') == 1);
    CHECK(about.ends_with(".\n"));
  }
}

TEST_CASE("every kind of obstacle has a golden case") {
  // 10,001 lines are no reading matter: order_rules_test.cpp has them.
  // What QuickBooks reckons comes with its answer: tax_test.cpp.
  std::set<ObstacleKind> shown = {ObstacleKind::too_many_lines, ObstacleKind::tax_differs};
  for (const fs::path& folder : cases()) {
    const Plan planned = Case(folder).planned();
    if (const auto* blocked = std::get_if<Blocked>(&planned))
      for (const Obstacle& obstacle : blocked->obstacles)
        shown.insert(obstacle.kind);
    if (const auto* send = std::get_if<Send>(&planned))
      for (const Obstacle& warning : send->warnings) {
        shown.insert(warning.kind);
        CHECK(is_warning(warning.kind));
      }
  }
  for (int kind = 0; kind <= static_cast<int>(ObstacleKind::period_closed_choose); ++kind) {
    CAPTURE(kind);
    CHECK(shown.contains(static_cast<ObstacleKind>(kind)));
  }
}
