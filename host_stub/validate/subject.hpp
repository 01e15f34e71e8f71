#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace host::validate {

// What is looked at, and where a check may write.
struct Subject {
  std::filesystem::path library;
  std::filesystem::path bundle;                // the folder with plugin.json; empty: a bare library
  std::map<std::string, std::string> settings; // of the option --settings, secrets in clear
  std::filesystem::path scratch;               // a folder of this one check
};

} // namespace host::validate
