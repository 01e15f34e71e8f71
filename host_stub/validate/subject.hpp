#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace host::validate {

// What is looked at, and where a check may write. Of what was not given, the path is empty.
struct Subject {
  std::filesystem::path library;
  std::filesystem::path folder; // the one with plugin.json: given so, or unpacked from `archive`
  std::map<std::string, std::string> settings;       // of the option --settings, secrets in clear
  std::filesystem::path scratch;                     // a folder of this one check
  std::filesystem::path archive = {};                // a bundle, *.tar.gz
  std::vector<std::filesystem::path> key_files = {}; // public keys that may have signed it
};

} // namespace host::validate
