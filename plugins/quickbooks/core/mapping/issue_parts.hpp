#pragma once

#include "core/mapping/obstacle.hpp"
#include "core/verdict/words.hpp"

#include <string>

// The words for an obstacle by what it is about; words.hpp joins them. Each fills title, meaning
// and remedy.
namespace qb::mapping {

std::string quote(const std::string& text);
// Where the host's people have to look: the setting, or the field of the document; and what they
// may do there.
std::string origin(const Obstacle& obstacle);
std::string remedy_here(const Obstacle& obstacle);

void account_words(const Obstacle& obstacle, verdict::IssueWords& words);
void class_words(const Obstacle& obstacle, verdict::IssueWords& words);
void tax_words(const Obstacle& obstacle, verdict::IssueWords& words);
void supplier_words(const Obstacle& obstacle, verdict::IssueWords& words);
void item_words(const Obstacle& obstacle, verdict::IssueWords& words);
// What stands in the way of a bill; `document` is "receipt R-1".
void receipt_words(const Obstacle& obstacle, const std::string& document,
                   verdict::IssueWords& words);
// What is wrong in the document itself; `document` is "purchase order 1042".
void document_words(const Obstacle& obstacle, const std::string& document,
                    verdict::IssueWords& words);
// What goes out all the same; `document` as before.
void warning_words(const Obstacle& obstacle, const std::string& document,
                   verdict::IssueWords& words);

} // namespace qb::mapping
