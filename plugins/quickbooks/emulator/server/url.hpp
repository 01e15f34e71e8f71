#pragma once
#include "server/exchange.hpp"

#include <string>
#include <string_view>

namespace emulator::server {

// `plus_is_blank` in queries and forms, not in paths. A broken escape stays as it is.
std::string percent_decoded(std::string_view text, bool plus_is_blank);
std::string percent_encoded(std::string_view text);

// a=1&b=2, as in a query or an application/x-www-form-urlencoded body.
Query form_decoded(std::string_view text);
std::string form_encoded(const Query& fields);

// `&`, `<`, `>`, `"` and `'` as entities, for HTML and XML alike.
std::string markup_escaped(std::string_view text);

} // namespace emulator::server
