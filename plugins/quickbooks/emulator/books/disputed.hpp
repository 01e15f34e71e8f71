#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace emulator {

/// Questions about Intuit's service that no source settles, each with the answers it may have. A
/// client has to work with all of them.
struct Question {
  std::string_view name, about;
  std::span<const std::string_view> answers; ///< the first is what the emulator assumes
};

std::span<const Question> disputed_questions();

/// One answer to each question.
class Disputed {
 public:
  /// Throws std::logic_error when there is no such question or answer.
  [[nodiscard]] bool is(std::string_view question, std::string_view answer) const;
  /// "NAME=ANSWER"; nothing when all is well, else what is wrong, for a person.
  std::optional<std::string> settle(const std::string& text);

 private:
  std::map<std::string, std::string, std::less<>> answers_;
};

} // namespace emulator
