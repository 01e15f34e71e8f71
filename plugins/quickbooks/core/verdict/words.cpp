#include "core/verdict/words.hpp"

namespace qb::verdict {

bool concerns_company(const IssueWords& words) {
  return words.cause.starts_with("company/");
}

std::string host_words(std::string_view subject) {
  const std::size_t slash = subject.find('/');
  std::string kind(subject.substr(0, slash));
  for (char& c : kind)
    if (c == '_') c = ' ';
  if (slash == std::string_view::npos) return kind;
  return kind.append(1, ' ').append(subject.substr(slash + 1));
}

std::string host_words_capital(std::string_view subject) {
  std::string words = host_words(subject);
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

} // namespace qb::verdict
