#pragma once

#include <optional>
#include <string>
#include <string_view>

// The mark in a transaction's PrivateNote that says which host record it belongs to.
namespace qb::mapping {

// "[erp:purchase_order/1042]", a line of its own.
std::string marker(std::string_view subject);

// True if the note's last mark is that of the subject: a reference may quote another order's mark.
bool carries_marker(std::string_view note, std::string_view subject);

// The subject of the note's last mark; nullopt: it bears none.
std::optional<std::string> marked_subject(std::string_view note);

// The host's reference, then the mark, then what stood below the mark in QuickBooks: there people
// write notes of their own.
std::string private_note(std::string_view reference, std::string_view subject,
                         std::string_view standing_note);

} // namespace qb::mapping
