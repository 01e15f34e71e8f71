#include "disputed.hpp"

#include <algorithm>
#include <stdexcept>

namespace emulator {
namespace {

constexpr std::string_view order_line_link[] = {"taken", "dropped", "refused"};
constexpr std::string_view sparse_update[] = {"taken", "refused"};
constexpr std::string_view inactive_reference[] = {"610", "2500"};
constexpr std::string_view duplicate_number[] = {"refused", "allowed"};
constexpr std::string_view batch_order[] = {"kept", "shuffled"};
constexpr std::string_view request_id_of_fault[] = {"forgotten", "remembered"};
constexpr std::string_view burst[] = {"per_second", "at_once"};
constexpr std::string_view old_refresh_token[] = {"dead", "alive"};
constexpr std::string_view second_consent[] = {"replaces", "adds"};

constexpr Question questions[] = {
    {"order_line_link", "a bill's link to an order by the Id of its line", order_line_link},
    {"sparse_update", "updates of some members of an item, vendor, order or bill", sparse_update},
    {"inactive_reference", "the fault of a reference to something inactive", inactive_reference},
    {"duplicate_number", "a document number that exists already", duplicate_number},
    {"batch_order", "the order of the answers in a batch", batch_order},
    {"request_id_of_fault", "a request id whose first answer was a fault", request_id_of_fault},
    {"burst", "what the limit of ten means", burst},
    {"old_refresh_token", "the refresh token before the last rotation", old_refresh_token},
    {"second_consent", "a new consent of an app for a connected company", second_consent},
};

const Question* find(std::string_view name) {
  const auto* found = std::find_if(std::begin(questions), std::end(questions),
                                   [&](const Question& question) { return question.name == name; });
  return found == std::end(questions) ? nullptr : found;
}

bool has(const Question& question, std::string_view answer) {
  return std::find(question.answers.begin(), question.answers.end(), answer) !=
         question.answers.end();
}

} // namespace

std::span<const Question> disputed_questions() {
  return questions;
}

bool Disputed::is(std::string_view question, std::string_view answer) const {
  const Question* const known = find(question);
  if (!known || !has(*known, answer)) throw std::logic_error("no such question or answer");
  const auto settled = answers_.find(question);
  return answer == (settled == answers_.end() ? known->answers.front() : settled->second);
}

std::optional<std::string> Disputed::settle(const std::string& text) {
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const Question* const known = find(name);
  std::string what;
  if (!known) {
    what = "there is no question \"" + name + "\"; there are";
    for (const Question& question : questions)
      what.append(" ").append(question.name);
    return what;
  }
  if (const auto answer = equals == std::string::npos ? "" : text.substr(equals + 1);
      has(*known, answer)) {
    answers_.insert_or_assign(name, answer);
    return std::nullopt;
  }
  what = name + " is";
  for (const std::string_view answer : known->answers)
    what.append(answer == known->answers.front() ? " " : " or ").append(answer);
  return what;
}

} // namespace emulator
