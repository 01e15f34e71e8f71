#pragma once

#include "core/qbo/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qb::qbo {

struct FaultError {
  std::string code; // without leading zeros; "" if none could be found
  std::string message;
  std::string detail; // tokens and user names masked
  std::string element;
};

// What QuickBooks answers instead of an object. All shapes of reference s.2.6: service and gateway
// spelling, codes inside the message text, XML, faults within a 200.
struct Fault {
  std::string type;
  std::vector<FaultError> errors;
  // The error that decides, or nullptr: of several the most restrictive stands first.
  const FaultError* first() const { return errors.empty() ? nullptr : &errors.front(); }
};

// Limits on what is kept of a fault.
constexpr std::size_t fault_errors_max = 50;
constexpr std::size_t fault_text_max_bytes = 4000;

// The fault in a parsed answer body, wherever it stands; nullopt: there is none. The parts of a
// batch answer are not looked into, each stands alone: ask for each item of BatchItemResponse.
std::optional<Fault> fault_in(const Value& answer);
// For bodies that are not JSON (XML answers of gateways).
std::optional<Fault> fault_in_xml(std::string_view body);

} // namespace qb::qbo
