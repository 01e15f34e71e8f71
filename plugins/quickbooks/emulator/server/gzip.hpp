#pragma once
#include <cstddef>
#include <string>

namespace emulator::server {

// Shorter answers go out as they are.
inline constexpr std::size_t gzip_bytes_min = 512;

std::string gzipped(const std::string& plain);

} // namespace emulator::server
