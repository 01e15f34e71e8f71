#pragma once
#include <cstddef>
#include <string>

namespace emulator::oauth {

// Unguessable letters and digits (OpenSSL's generator). Throws std::runtime_error without entropy.
std::string random_text(std::size_t length);

// Lower-case hexadecimal digits.
std::string random_hex(std::size_t length);

} // namespace emulator::oauth
