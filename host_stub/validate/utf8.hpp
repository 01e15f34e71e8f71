#pragma once

#include <cstddef>

namespace host::validate {

bool is_utf8(const char* text, std::size_t size);

} // namespace host::validate
