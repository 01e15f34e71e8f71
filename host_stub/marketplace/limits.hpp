#pragma once

#include <cstddef>
#include <cstdint>

// What a marketplace may say at most. A large one lists some hundred plugins.
namespace host::marketplace {

constexpr std::size_t keys_length_max_bytes = 256 * 1024;
constexpr std::size_t index_length_max_bytes = 4 * 1024 * 1024;
constexpr std::size_t publishers_max = 2000;
constexpr std::size_t keys_max = 16;     // of the marketplace
constexpr std::size_t prefixes_max = 64; // of one publisher
constexpr std::size_t entries_max = 5000;
constexpr std::size_t revocations_max = 10'000;
constexpr std::size_t versions_max = 1000; // of one revocation
constexpr std::size_t text_length_max_bytes = 2000;
constexpr std::size_t lines_max = 32; // of what it does, touches or needs
constexpr std::size_t location_length_max_bytes = 1000;

// Of one request. A bundle on a slow line takes minutes; a line that is silent is given up sooner.
constexpr long connect_time_max_ms = 10'000;
constexpr long request_time_max_ms = 600'000;
constexpr long silent_time_max_s = 30;

} // namespace host::marketplace
