#pragma once

#include "outcome/problem.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace host::preflight {

// Far more than loading takes, on a machine that is busy with other things too.
constexpr std::chrono::seconds time_max{15};

// What is tried, and with what.
struct Flight {
  std::filesystem::path library;
  std::filesystem::path scratch;                    // an empty folder for what it writes
  std::optional<std::vector<std::string>> services; // handed to it; nothing: all
  std::vector<std::string> interfaces = {};         // asked for besides those of version 1.0
};

// What a library says of itself. For people: nothing in it steers a screen.
struct Described {
  std::string id, name, version;
  std::vector<std::string> interfaces; // sorted
};

// Loads the library, asks its entry, makes an instance and destroys it, all in a process of its
// own, this program run anew: code that nobody has trusted yet may crash, hang or end the process
// without taking this one along, and nothing that it starts outlives the look. Any thread; at most
// time_max and a little. ERP_E_UNSUPPORTED: it is no plugin for this host.
Outcome<Described> fly(const Flight& flight);

// The other side of fly(): for main() to ask before anything else. The exit code, if this process
// was started to look at a library; else nothing.
std::optional<int> fly_if_asked(int argc, char** argv);

} // namespace host::preflight
