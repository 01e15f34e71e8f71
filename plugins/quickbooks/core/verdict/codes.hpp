#pragma once

#include "core/qbo/fault.hpp"

#include <string_view>

// What Intuit's error codes ask for (reference s.8, after Intuit's list of error codes).
namespace qb::verdict {

enum class Reaction {
  wait,         // the same request later
  wait_company, // as wait, and the company rests meanwhile
  throttle,     // a fixed pause for the company
  wait_once,    // the same request once more, then a person
  adopt,        // it exists already, or may: look it up
  reseal,       // read, map again, send anew
  reconnect,    // a person must connect the company again
  block         // a person must act
};

// Which sentence a person reads when the reaction is block, or wait_once that did not help.
enum class Sentence {
  access_lost,
  wrong_company,
  company_locked,
  plan_lacks_feature,
  subscription_ended,
  company_reset,
  reference_unknown,
  reference_inactive,
  item_deleted, // known by its words: no list of Intuit's has a code for it
  linked_elsewhere,
  period_closed,
  before_inventory_start,
  account_of_wrong_kind,
  tax_setup,
  currency,
  text_refused,
  address_refused,
  amount_refused,
  own_rule,     // 6000 and what nobody has documented: QuickBooks' own words say it
  form_refused, // we sent what QuickBooks does not take
  failed_without_reason,
  keeps_changing // 5010 again and again
};

struct CodeRule {
  Reaction reaction;
  Sentence sentence;
};

// By the error that decides, its texts where the code alone does not tell, and the HTTP status.
CodeRule rule_for(const qbo::FaultError& error, int http_status);

// Does the text hold these words, or the error's message or detail? Capitals do not count.
bool says(std::string_view text, std::string_view words);
bool says(const qbo::FaultError& error, std::string_view words);

} // namespace qb::verdict
