#pragma once

#include "commands/commands.hpp"
#include "commands/words.hpp"

// One function a group of commands; each in the file of its name.
namespace qb::commands {

std::string status(Workshop& workshop, Words words);
std::string refresh(Workshop& workshop, Words words, erp::Instant deadline);
std::string outbox(Workshop& workshop, Words words, const Call& call);
std::string inbox(Workshop& workshop, Words words, const Call& call);
// "inbox fix": `names` is the issue and, if any, what is to be done.
std::string fix(Workshop& workshop, const std::vector<std::string>& names,
                const std::optional<std::string>& use, bool json, const Call& call);
// What fix() can do about an issue: "reactivate", "create", "use"; empty: nothing.
std::vector<std::string> fixes_of(const inbox::Issue& issue);
// "3" or "#3"; throws erp::Failure if the inbox has no such issue.
inbox::Issue issue_named(const Rooms& rooms, const std::string& name);
std::string links(Workshop& workshop, Words words);
std::string receipts(Workshop& workshop, Words words);
std::string explain(Workshop& workshop, Words words);
Answer prove(Workshop& workshop, Words words, erp::Instant deadline);
std::string options(Workshop& workshop, Words words);

// Nobody ever said anything of that subject.
erp::Failure nothing_recorded_of(const std::string& subject);

// How a command of commands.cpp is typed.
const char* usage_of(const std::string& command);

// Gives up some entries in one write, so no more than a page of them: hooks wait while it lasts.
// How many were still open.
int discard_page(const Rooms& rooms, std::vector<std::int64_t> ids, const std::string& note);

inline qbo::Value number(std::int64_t n) {
  return qbo::Value::Number{std::to_string(n)};
}
inline qbo::Value text_or_null(const std::string& text) {
  return text.empty() ? qbo::Value() : qbo::Value(text);
}

} // namespace qb::commands
