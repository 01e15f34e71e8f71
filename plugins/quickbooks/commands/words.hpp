#pragma once

#include "core/qbo/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::commands {

// The words of a command line: options out of the way, the rest in order.
class Words {
 public:
  explicit Words(const std::vector<std::string>& words) : words_(words) {}
  bool flag(const std::string& name);                        // "--json": there, and taken out
  std::optional<std::string> value(const std::string& name); // "--reason TEXT": taken out
  // What is left; throws erp::Failure if an unknown option is among it.
  std::vector<std::string> rest(const std::string& usage) const;

 private:
  std::vector<std::string> words_;
};

// There is no command "otbox"; did you mean outbox? Or the list of all there are.
std::string unknown(const std::string& what, const std::string& wanted,
                    const std::vector<std::string>& there_are);
// Why the words behind a command are none that it knows: the first is mistyped, or something lacks.
std::string not_understood(const std::vector<std::string>& rest,
                           const std::vector<std::string>& there_are, const std::string& usage);

// Columns aligned for a terminal; no trailing blanks.
std::string table(const std::vector<std::vector<std::string>>& rows);
// Lines of at most `width` characters, each behind `indent`.
std::string wrapped(const std::string& text, const std::string& indent, std::size_t width = 96);

} // namespace qb::commands
