#include "query_lexer.hpp"

namespace emulator::books {
namespace {

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads the text that begins behind the quote at `at` and moves `at` behind the closing one.
std::optional<std::string> quoted(std::string_view statement, std::size_t& at) {
  std::string content;
  for (++at; at < statement.size(); ++at) {
    if (statement[at] == '\'') {
      ++at;
      return content;
    }
    if (statement[at] == '\\' && ++at == statement.size()) break;
    content += statement[at];
  }
  return std::nullopt;
}

} // namespace

Outcome<std::vector<Token>> tokenize(std::string_view statement) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < statement.size();) {
    const char c = statement[at];
    const std::size_t column = at + 1;
    if (is_blank(c)) {
      ++at;
    } else if (c == '\'') {
      auto content = quoted(statement, at);
      if (!content)
        return tl::unexpected(faults::query_syntax("Lexical error at line 1, column " +
                                                   std::to_string(column) +
                                                   ".  Encountered: <EOF> after : \"'\""));
      tokens.push_back({Token::Kind::text, std::move(*content), column});
    } else if (is_word_char(c)) {
      const auto begin = at;
      while (at < statement.size() && is_word_char(statement[at]))
        ++at;
      tokens.push_back(
          {Token::Kind::word, std::string{statement.substr(begin, at - begin)}, column});
    } else if (std::string_view{"()*,=<>!"}.find(c) != std::string_view::npos) {
      const bool with_equal =
          (c == '<' || c == '>' || c == '!') && statement.substr(at + 1, 1) == "=";
      tokens.push_back(
          {Token::Kind::symbol, std::string{statement.substr(at, with_equal ? 2 : 1)}, column});
      at += with_equal ? 2 : 1;
    } else {
      return tl::unexpected(faults::query_syntax("Lexical error at line 1, column " +
                                                 std::to_string(column) + ".  Encountered: \"" + c +
                                                 "\""));
    }
  }
  tokens.push_back({Token::Kind::end, "<EOF>", statement.size() + 1});
  return tokens;
}

} // namespace emulator::books
