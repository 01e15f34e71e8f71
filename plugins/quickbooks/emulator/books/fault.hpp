#pragma once
#include "value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace emulator::books {

/// What Intuit answers instead of doing the work. Codes and texts follow Intuit's list of error
/// codes and recorded answers; where no recording was found the text is ours and only the code
/// counts.
struct Fault {
  std::string code, message, detail;
  std::optional<std::string> element = {};
};

/// A check's answer: nothing when all is well.
using Objection = std::optional<Fault>;

template <class T>
using Outcome = tl::expected<T, Fault>;

/// {"Error":[{...}],"type":"ValidationFault"}, as it stands in a service fault or a batch item.
Value fault_value(const Fault& fault);

namespace faults {
Fault unsupported_operation(std::string_view what);                                   // 500
Fault not_found();                                                                    // 610
Fault unknown_property(std::string_view detail);                                      // 2010
Fault missing(std::string_view element);                                              // 2020
Fault invalid_id(std::string_view value);                                             // 2030
Fault invalid_text(std::string_view element);                                         // 2040
Fault length(std::string_view element, std::size_t max, std::size_t supplied);        // 2050
Fault date_format(std::string_view element, std::string_view value);                  // 2060
Fault not_a_number(std::string_view element, std::string_view value);                 // 2090
Fault number_range(std::string_view element, std::string_view value);                 // 2240
Fault enumeration(std::string_view element, std::string_view value);                  // 2170
Fault dangling(std::string_view word, std::string_view id, std::string_view element); // 2500
Fault stale();                                                                        // 5010
Fault business(std::string_view reason);                                              // 6000
Fault amount_mismatch(std::string_view amount);                                       // 6070
Fault duplicate_number(std::string_view number, std::string_view txn_type,
                       std::string_view id);  // 6140
Fault duplicate_name(std::string_view who);   // 6240
Fault account_type(std::string_view reason);  // 6430
Fault query_syntax(std::string_view reason);  // 4000
Fault query_invalid(std::string_view reason); // 4001
/// Any other code of the list; Detail is "message : reason".
Fault coded(std::string_view code, std::string_view message, std::string_view reason,
            std::optional<std::string> element = "");
} // namespace faults

} // namespace emulator::books
