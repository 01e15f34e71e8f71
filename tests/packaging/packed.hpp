#pragma once

#include "host/home.hpp"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Bundles, good ones and such as nobody should make. All about the plugin "ship".
namespace packed {

std::filesystem::path ship_1_0();
std::filesystem::path ship_1_0_rebuilt(); // version 1.0.0 too
std::filesystem::path ship_1_1();

enum class Kind { file, folder, symbolic_link, hard_link, fifo, device };

struct Entry {
  std::string path;
  std::string content = {}; // of a link: where it leads
  Kind kind = Kind::file;
};

// A .tar.gz of just these, in this order.
void write_archive(const std::filesystem::path& file, const std::vector<Entry>& entries);

// What a good bundle holds, to be changed by a test before it is written.
struct Content {
  explicit Content(const std::filesystem::path& library, const std::string& version = "1.0.0");
  std::string top;
  nlohmann::json manifest;
  std::map<std::string, std::string> files; // besides plugin.json and SHA256SUMS
  std::string more_sums = {};               // appended to SHA256SUMS
  std::string without_sum_of = {};          // left out of it
  std::vector<Entry> more = {};             // at the end of the archive
  std::vector<Entry> entries() const;
};

// A key pair of minisign's, made by it.
struct KeyPair {
  KeyPair(const host_test::Home& home, const std::string& name);
  std::filesystem::path public_key, secret_key;
};

std::string trusted_comment(const nlohmann::json& manifest);

// minisign -S, with more words if given. Writes FILE.minisig.
void sign(const std::filesystem::path& file, const KeyPair& keys, const std::string& comment,
          const std::vector<std::string>& words = {});

// Writes the bundle into the home's scratch folder and signs it; answers its path.
std::filesystem::path signed_bundle(const host_test::Home& home, const Content& content,
                                    const KeyPair& keys);

} // namespace packed
