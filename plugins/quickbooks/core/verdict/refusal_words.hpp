#pragma once

#include "core/verdict/codes.hpp"
#include "core/verdict/outcome.hpp"
#include "core/verdict/words.hpp"

#include <string>

namespace qb::verdict {

// The issue of a refusal. Causes that lie with one document name it ("period_closed/" + subject);
// causes that lie with the company or with something several documents use do not
// ("company/6190", "2500/Accounts/7").
IssueWords refusal_words(Sentence sentence, const Outcome& outcome, const std::string& subject);

// "Stale Object Error: You and another user ..."; message and detail without saying one twice.
std::string quickbooks_words(const Outcome& outcome);

// For a document that was sent many times without a clear answer.
IssueWords no_answer_words(const Outcome& outcome, const std::string& subject, int attempts);

} // namespace qb::verdict
