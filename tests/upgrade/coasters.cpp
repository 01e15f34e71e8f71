#include "coasters.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace upgrade_test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

} // namespace

fs::path coaster(const std::string& version) {
  return fs::path(COASTERS) / ("coaster-" + version + ".so");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Harbor::Harbor(const std::string& version) {
  must({"plugins", "install", coaster(version).string()});
  must({"settings", "set", "coaster", "color=blue", "key=-"}, "k-4711-secret\n");
  must({"plugins", "enable", "coaster"});
}

process::Result Harbor::run(const std::vector<std::string>& words, const std::string& input) const {
  return process::run(host_test::erp_host_program(), home_.words(words),
                      {.input = input,
                       .folder = home_.scratch(""),
                       .extra = {{"COASTER_OUTSIDE", home_.scratch("outside").string()}}});
}

process::Running Harbor::start(const std::vector<std::string>& words) const {
  return process::Running(host_test::erp_host_program(), home_.words(words),
                          {.folder = home_.scratch(""),
                           .extra = {{"COASTER_OUTSIDE", home_.scratch("outside").string()}}});
}

process::Result Harbor::must(const std::vector<std::string>& words, const std::string& input,
                             int exit_code) const {
  auto result = run(words, input);
  if (result.exit_code != exit_code)
    throw std::runtime_error(words[0] + " ended with " + std::to_string(result.exit_code) +
                             ", signal " + std::to_string(result.signal) + ": " + result.out +
                             result.err);
  return result;
}

process::Result Harbor::upgrade(const std::string& version) const {
  return run({"plugins", "upgrade", coaster(version).string()});
}

process::Result Harbor::emit(const std::string& event_id, const std::string& description) const {
  return run({"--timeout", "0", "emit", "-"},
             host_test::part_saved(event_id, "P-" + event_id, description));
}

fs::path Harbor::folder(const std::string& version, int writes,
                        const std::vector<int>& reads) const {
  const fs::path made = home_.scratch("folder-" + version);
  fs::create_directories(made);
  fs::copy_file(coaster(version), made / "coaster.so", fs::copy_options::overwrite_existing);
  const nlohmann::json permissions = {
      {"services",
       {"erp.attributes/1", "erp.clock/1", "erp.log/1", "erp.notice/1", "erp.schedule/1",
        "erp.secrets/1", "erp.settings-host/1"}}};
  process::write_text(made / "plugin.json", nlohmann::json{{"library", "coaster.so"},
                                                           {"id", "coaster"},
                                                           {"version", version},
                                                           {"state_version", writes},
                                                           {"reads_state", reads},
                                                           {"permissions", permissions}}
                                                .dump());
  return made;
}

nlohmann::json Harbor::listed() const {
  const auto result = must({"plugins", "list", "--json"});
  return nlohmann::json::parse(result.out).at(0);
}

std::vector<std::string> Harbor::outside() const {
  return lines_of(home_.scratch("outside"));
}

std::vector<std::string> Harbor::data(const std::string& file) const {
  return lines_of(home_.path() / "data" / "coaster" / file);
}

std::string Harbor::belongings() const {
  std::vector<fs::path> files{home_.path() / "secrets" / "coaster.sealed",
                              home_.path() / "settings" / "coaster.json"};
  for (const auto& entry : fs::recursive_directory_iterator(home_.path() / "data" / "coaster"))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string all;
  for (const fs::path& file : files)
    all += file.lexically_relative(home_.path()).string() + "\n" + process::text_of(file) + "\n";
  return all;
}

std::vector<std::string> Harbor::versions_on_disk() const {
  std::vector<std::string> result;
  for (const auto& entry : fs::directory_iterator(home_.path() / "plugins" / "coaster"))
    result.push_back(entry.path().filename().string());
  std::sort(result.begin(), result.end());
  return result;
}

bool Harbor::has_snapshot() const {
  return fs::exists(home_.path() / "upgrades" / "coaster" / "snapshot");
}

bool Harbor::has_leftovers() const {
  const fs::path upgrades = home_.path() / "upgrades";
  return !fs::is_empty(home_.path() / "plugins" / ".staging") ||
         (fs::exists(upgrades) && !fs::is_empty(upgrades));
}

} // namespace upgrade_test
