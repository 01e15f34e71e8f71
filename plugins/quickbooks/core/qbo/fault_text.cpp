#include "core/qbo/fault_text.hpp"

#include <algorithm>
#include <array>

namespace qb::qbo {
namespace {

constexpr std::size_t code_digits_max = 10;
constexpr std::size_t random_word_min = 32; // shorter runs of letters and digits are words and Ids

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_token_character(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c) || c == '_' || c == '-' || c == '=' || c == '+';
}

std::string plain_code(std::string_view digits) {
  if (digits.empty() || digits.size() > code_digits_max ||
      !std::all_of(digits.begin(), digits.end(), is_digit))
    return {};
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return std::string(digits);
}

std::string code_in_text(std::string_view text) {
  constexpr std::string_view mark = "errorCode=";
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  return plain_code(text.substr(0, text.find_first_not_of("0123456789")));
}

// Replaces the word after each `mark`.
void hide_after(std::string& text, std::string_view mark) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::size_t end = std::min(text.find_first_of(" ,;\"'\n", at), text.size());
    if (end > at) text.replace(at, end - at, "***");
  }
}

void hide_random_words(std::string& text) {
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    std::size_t end = begin;
    while (end < text.size() && is_token_character(text[end]))
      ++end;
    const auto first = text.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = text.begin() + static_cast<std::ptrdiff_t>(end);
    if (end - begin >= random_word_min && std::any_of(first, last, is_digit) &&
        std::any_of(first, last, is_lower) && std::any_of(first, last, is_upper)) {
      text.replace(begin, end - begin, "***");
      end = begin + 3;
    }
    begin = end;
  }
}

// "You and NAME were working on this at the same time. NAME finished before you did, ..."
void hide_user_name(std::string& text) {
  constexpr std::string_view before = "You and ";
  constexpr std::string_view after = " were working on this";
  constexpr std::string_view instead = "another user";
  const std::size_t start = text.find(before);
  const std::size_t end = text.find(after, start == std::string::npos ? 0 : start);
  if (start == std::string::npos || end == std::string::npos) return;
  const std::size_t name_at = start + before.size();
  if (end <= name_at) return;
  const std::string name = text.substr(name_at, end - name_at);
  for (std::size_t at = text.find(name, name_at); at != std::string::npos;
       at = text.find(name, at + instead.size()))
    text.replace(at, name.size(), instead);
}

void cut(std::string& text) {
  if (text.size() <= fault_text_max_bytes) return;
  std::size_t end = fault_text_max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  text.resize(end);
}

// The lower, the more restrictive (Intuit: of several errors act on the most restrictive).
int rank(const FaultError& error) {
  static constexpr std::array access = {"100",  "110",  "120",  "140",  "270",  "3100",
                                        "3200", "3202", "5020", "5030", "6190", "10200"};
  static constexpr std::array look_up = {"600", "630", "6140", "6240"};
  static constexpr std::array passing = {"130", "150", "3001", "4002", "10000", "10001"};
  const auto is_in = [&error](const auto& codes) {
    return std::find(codes.begin(), codes.end(), error.code) != codes.end();
  };
  if (is_in(access)) return 0;
  if (error.code == "5010") return 2;
  if (is_in(look_up)) return 3;
  return is_in(passing) ? 4 : 1;
}

} // namespace

std::string code_from(std::string_view code, std::string_view message, std::string_view detail) {
  std::string found = plain_code(code);
  if (found.empty()) found = code_in_text(message);
  if (found.empty()) found = code_in_text(detail);
  return found;
}

std::string without_secrets(std::string_view text) {
  // A little more than is kept, so that a token is whole when it is looked for.
  std::string out(text.substr(0, 2 * fault_text_max_bytes));
  hide_after(out, "Token expired: ");
  hide_after(out, "Bearer ");
  hide_after(out, "token=");
  hide_random_words(out);
  hide_user_name(out);
  cut(out);
  return out;
}

void order_by_restriction(Fault& fault) {
  std::stable_sort(fault.errors.begin(), fault.errors.end(),
                   [](const FaultError& a, const FaultError& b) { return rank(a) < rank(b); });
}

} // namespace qb::qbo
