#pragma once

#include "host/home.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// A home with the plugin "coaster" (coaster/coaster.cpp), which brings parts to a place outside.
namespace upgrade_test {

std::filesystem::path coaster(const std::string& version);
bool has(const std::string& text, const std::string& part);

class Harbor {
 public:
  // Installed, set and enabled in that version.
  explicit Harbor(const std::string& version = "1.0.0");

  process::Result run(const std::vector<std::string>& words, const std::string& input = "") const;
  process::Running start(const std::vector<std::string>& words) const;
  // As run(), and it must end so.
  process::Result must(const std::vector<std::string>& words, const std::string& input = "",
                       int exit_code = 0) const;
  process::Result upgrade(const std::string& version) const;
  process::Result rollback() const { return run({"plugins", "rollback", "coaster"}); }
  // Records it and hands it over; "new" is what some versions choke on.
  process::Result emit(const std::string& event_id, const std::string& description = "old") const;
  void drain() const { must({"drain", "coaster"}); }

  // A folder with plugin.json, which says these versions of its data.
  std::filesystem::path folder(const std::string& version, int writes,
                               const std::vector<int>& reads) const;

  nlohmann::json listed() const; // the one plugin of `plugins list --json`
  std::string version() const { return listed().at("version"); }
  std::string notices() const { return run({"notices"}).out; }
  // What arrived outside, in order, each as often as it did.
  std::vector<std::string> outside() const;
  // Lines of a file in the plugin's data folder.
  std::vector<std::string> data(const std::string& file) const;
  // All of data, secrets and settings, byte for byte.
  std::string belongings() const;
  std::vector<std::string> versions_on_disk() const;
  bool has_leftovers() const; // of staging, rehearsals, snapshots
  bool has_snapshot() const;
  const host_test::Home& home() const { return home_; }

 private:
  host_test::Home home_;
};

} // namespace upgrade_test
