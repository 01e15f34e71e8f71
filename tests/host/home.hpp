#pragma once

#include "process/process.hpp"
#include "process/temporary_folder.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace host_test {

std::filesystem::path erp_host_program();
std::filesystem::path moody_library(); // see moody/moody.cpp
std::filesystem::path template_library();
std::filesystem::path from_the_future_library();
std::filesystem::path unresolved_library();
std::filesystem::path crashes_in_its_entry_library();
std::filesystem::path crashes_when_loaded_library();
std::filesystem::path ends_the_process_library();
std::filesystem::path hangs_in_its_entry_library();

// A host of its own in a folder that goes away, driven by its command line.
class Home {
 public:
  Home();
  std::filesystem::path path() const { return folder_ / "home"; }
  std::filesystem::path scratch(const std::string& name) const { return folder_ / name; }

  std::vector<std::string> words(const std::vector<std::string>& command) const; // with --home
  process::Result run(const std::vector<std::string>& command, const std::string& input = "") const;
  process::Running start(const std::vector<std::string>& command) const;
  nlohmann::json json(const std::vector<std::string>& command) const; // of run(command).out

  // With its secret set, enabled.
  void enable_moody(const std::vector<std::string>& settings = {}) const;
  process::Result emit(const std::string& lines) const { return run({"emit", "-"}, lines); }
  // "SEQUENCE ATTEMPT EVENT_ID SUBJECT STATUS" of every hook call, in order.
  std::vector<std::string> told() const;
  // Blocks until that many hook calls are on record; false after ten seconds.
  bool wait_until_told(std::size_t count) const;

 private:
  process::TemporaryFolder folder_;
};

// A line for emit. Moody does as the description says.
std::string part_saved(const std::string& event_id, const std::string& part_id,
                       const std::string& description = "Bracket");
std::string po_ordered(const std::string& event_id, const std::string& order_id);

} // namespace host_test
