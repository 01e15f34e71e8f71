#pragma once

#include "http/transport.hpp"

#include <string>
#include <string_view>

namespace fuzz {

// An answer as people write it: "200", lines of "Name: value", an empty line, the body. Whatever is
// no such line is left out, so that every input is some answer.
qb::http::Response response_in(std::string_view text);
// The first line, which is taken off `text`.
std::string_view taken_line(std::string_view& text);

} // namespace fuzz
