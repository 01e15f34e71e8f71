#pragma once
#include "fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace emulator::books {

struct Token {
  enum class Kind { word, text, symbol, end } kind;
  std::string content; ///< for texts, without quotes and escapes
  std::size_t column;  ///< from 1
};

/// Cuts a statement into words, quoted texts and symbols. A backslash in a text takes the next
/// character as it is.
Outcome<std::vector<Token>> tokenize(std::string_view statement);

} // namespace emulator::books
