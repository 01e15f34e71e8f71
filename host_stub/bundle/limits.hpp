#pragma once

#include <cstdint>

namespace host::bundle {

// What a bundle may be at most. A plugin is some megabytes; these stop what is made to fill a disk.
struct Limits {
  std::uint64_t packed_max_bytes = 128ull * 1024 * 1024;
  std::uint64_t unpacked_max_bytes = 512ull * 1024 * 1024;
  std::uint64_t ratio_max = 100; // of unpacked to packed, once above ratio_free_bytes
  std::uint64_t ratio_free_bytes = 1024 * 1024;
  std::size_t files_max = 2000;
  std::size_t path_length_max = 200;
  std::size_t depth_max = 8;
};

constexpr std::size_t signature_length_max_bytes = 4096;
constexpr std::size_t key_length_max_bytes = 4096;

} // namespace host::bundle
