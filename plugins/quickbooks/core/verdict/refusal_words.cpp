#include "core/verdict/refusal_words.hpp"

#include "core/verdict/refusal_texts.hpp"
#include "core/verdict/verdict.hpp"

#include <optional>
#include <string_view>

namespace qb::verdict {
namespace {

// The record that 2500 says is missing: "Invalid Reference Id : Accounts element id 7 not found".
struct MissingReference {
  std::string kind; // Intuit's word
  std::string id;
};
std::optional<MissingReference> missing_reference(const qbo::FaultError& error) {
  constexpr std::string_view mark = " element id ";
  const std::string_view text = error.detail;
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t blank = text.substr(0, at).find_last_of(" :");
  const std::string_view kind = text.substr(blank == std::string_view::npos ? 0 : blank + 1,
                                            at - (blank == std::string_view::npos ? 0 : blank + 1));
  const std::string_view rest = text.substr(at + mark.size());
  const std::string_view id = rest.substr(0, rest.find_first_not_of("0123456789"));
  if (kind.empty() || id.empty()) return std::nullopt;
  return MissingReference{std::string(kind), std::string(id)};
}

// Intuit's table names, as people say them.
std::string thing_named(std::string_view kind) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"Accounts", "an account"}, {"Klasses", "a class"}, {"Depts", "a location"},
      {"Names", "a vendor"},      {"Items", "an item"},
  };
  for (const auto& [word, thing] : known)
    if (kind == word) return std::string(thing);
  return "a record";
}

std::string filled(std::string_view text, const std::string& subject, const std::string& thing) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (name == "subject")
      out += host_words(subject);
    else if (name == "Subject")
      out += host_words_capital(subject);
    else
      out += thing;
    text.remove_prefix(close + 1);
  }
  return out;
}

const qbo::FaultError* deciding(const Outcome& outcome) {
  return outcome.fault ? outcome.fault->first() : nullptr;
}

} // namespace

std::string quickbooks_words(const Outcome& outcome) {
  const qbo::FaultError* const error = deciding(outcome);
  if (error == nullptr) return outcome.words;
  std::string words;
  if (error->message.empty() || error->detail.starts_with(error->message))
    words = error->detail;
  else if (error->detail.empty())
    words = error->message;
  else
    words = error->message + ": " + error->detail;
  if (!error->element.empty() && words.find(error->element) == std::string::npos)
    words += " (" + error->element + ")";
  return words;
}

IssueWords refusal_words(Sentence sentence, const Outcome& outcome, const std::string& subject) {
  const qbo::FaultError* const error = deciding(outcome);
  const std::string code = error == nullptr ? std::string() : error->code;
  const RefusalText& text = refusal_text(sentence);
  std::string thing = "a record";
  IssueWords words;
  const std::string key = code.empty() ? std::string("refused") : code;
  words.cause = (text.scope == Scope::company ? "company/" + key : key + "/" + subject);
  if (sentence == Sentence::reference_unknown && error != nullptr)
    if (const auto missing = missing_reference(*error)) {
      thing = thing_named(missing->kind);
      words.cause = key + "/" + missing->kind + "/" + missing->id;
    }
  words.title = filled(text.title, subject, thing);
  words.quickbooks_says = quickbooks_words(outcome);
  words.meaning = filled(text.meaning, subject, thing);
  words.remedy = filled(text.remedy, subject, thing);
  words.code = code;
  words.intuit_tid = outcome.intuit_tid;
  words.curable_in_quickbooks = text.curable_in_quickbooks;
  return words;
}

IssueWords no_answer_words(const Outcome& outcome, const std::string& subject, int attempts) {
  const qbo::FaultError* const error = deciding(outcome);
  IssueWords words;
  words.cause = "company/no_answer";
  words.title = "QuickBooks has not given a clear answer for a long time";
  words.quickbooks_says = quickbooks_words(outcome);
  words.meaning = host_words_capital(subject) + " was sent " + std::to_string(attempts + 1) +
                  " times. It is not known whether QuickBooks has it. We keep sending exactly the "
                  "same request, which QuickBooks recognises, so nothing is created twice.";
  words.remedy = "There is nothing you must do; it goes out when QuickBooks answers again. See "
                 "status.developer.intuit.com for disturbances, and do not enter " +
                 host_words(subject) + " by hand meanwhile.";
  words.code = error == nullptr ? std::string() : error->code;
  words.intuit_tid = outcome.intuit_tid;
  words.curable_in_quickbooks = true;
  return words;
}

IssueWords unreachable_words(const Outcome& outcome) {
  IssueWords words;
  words.cause = unreachable_cause;
  words.title = "QuickBooks cannot be reached from here";
  words.meaning = "For some minutes no call has got through (" + outcome.words +
                  "). Nothing was sent meanwhile; documents wait here, and nothing is lost.";
  words.remedy = "Let an administrator check this machine's way to the internet: name server, "
                 "firewall, proxy, date and time. What waits goes out by itself when QuickBooks "
                 "answers again.";
  words.curable_in_quickbooks = true;
  return words;
}

IssueWords reconnect_words(const Outcome& outcome) {
  const qbo::FaultError* const error = deciding(outcome);
  IssueWords words;
  words.cause = "company/reconnect";
  words.title = "The connection to QuickBooks has ended";
  words.quickbooks_says = quickbooks_words(outcome);
  words.meaning = "QuickBooks no longer accepts our permission: it ran out, or someone "
                  "disconnected the app in QuickBooks. Nothing is lost; documents wait here.";
  words.remedy = "Let an administrator of the company connect it again. What waits then goes out "
                 "by itself.";
  words.code = error == nullptr ? std::string() : error->code;
  words.intuit_tid = outcome.intuit_tid;
  words.curable_in_quickbooks = true;
  return words;
}

IssueWords keys_refused_words(const std::string& said) {
  IssueWords words;
  words.cause = "company/app_keys";
  words.title = "Intuit does not accept the keys of the app";
  words.quickbooks_says = said;
  words.meaning = "The settings client_id and client_secret do not fit together, or belong to "
                  "another environment. The connection is whole; documents wait here.";
  words.remedy = "Copy both anew from Keys and credentials of the app at developer.intuit.com, "
                 "those of the right environment. What waits then goes out by itself.";
  words.curable_in_quickbooks = true;
  return words;
}

} // namespace qb::verdict
