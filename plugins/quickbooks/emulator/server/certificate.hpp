#pragma once
#include <filesystem>

namespace emulator::server {

// PEM files that the listener presents.
struct KeyPair {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

// Keeps FOLDER/ca.pem with ca.key.pem, and leaf.pem with leaf.key.pem for localhost, 127.0.0.1 and
// ::1. What is still valid is kept over restarts, so that clients go on trusting the same ca.pem; a
// leaf within a week of its end is renewed under the same CA. Keys are readable by their owner
// only. Throws std::runtime_error when a file cannot be made.
KeyPair own_key_pair(const std::filesystem::path& folder);

} // namespace emulator::server
