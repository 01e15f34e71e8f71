#pragma once

#include "core/verdict/codes.hpp"

#include <string_view>

namespace qb::verdict {

// Whose issue it is: one per document, or one for all documents of the company.
enum class Scope { document, company };

// What a person reads of a refusal. {subject} stands for "purchase order 1042", {Subject} for the
// same at the start of a sentence, {thing} for what is missing ("an account").
struct RefusalText {
  Scope scope;
  bool curable_in_quickbooks;
  std::string_view title;
  std::string_view meaning;
  std::string_view remedy;
};
const RefusalText& refusal_text(Sentence sentence);

} // namespace qb::verdict
