#pragma once
#include <string_view>

namespace emulator::books {

/// One AccountType with its Classification and the sub-type it gets when none is sent.
struct AccountKind {
  std::string_view type, classification, default_subtype;
  std::string_view subtypes; ///< blank-separated
};

/// nullptr for what is no AccountType of QuickBooks Online.
const AccountKind* account_kind(std::string_view type);
/// The type that has this sub-type, nullptr for an unknown one.
const AccountKind* account_kind_of_subtype(std::string_view subtype);

} // namespace emulator::books
