#pragma once

#include "core/qbo/fault.hpp"

#include <string>
#include <string_view>

// What the texts of a fault give away, and what of them must not be kept.
namespace qb::qbo {

// The code without leading zeros: the `code` member if it is digits, else "errorCode=003001" in
// message or detail; "" if neither.
std::string code_from(std::string_view code, std::string_view message, std::string_view detail);

// Tokens ("Token expired: <token>", bearer values, any long random word) and the name of the user
// in the detail of 5010 are replaced; the text is cut at fault_text_max_bytes, between characters.
std::string without_secrets(std::string_view text);

// Brings the error that decides to the front.
void order_by_restriction(Fault& fault);

} // namespace qb::qbo
