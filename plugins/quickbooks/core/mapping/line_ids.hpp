#pragma once

#include "core/qbo/value.hpp"

#include <map>
#include <string>
#include <vector>

namespace qb::mapping {

// {"host line id":"QuickBooks line Id"} from what QuickBooks answered to lines sent in this order,
// or holds of them by now: somebody may have put lines of their own among them. "" if the lines
// cannot be told apart (fewer of them, other kinds, accounts, items or amounts).
std::string line_ids_from(const qbo::Value& answer, const std::vector<std::string>& host_ids,
                          const qbo::Value& sent);

// The record of line ids after a change whose answer was lost: `standing` is what QuickBooks holds
// now, `sent` the change, whose first lines are ours and belong to `host_ids`. If it was done, the
// lines it added stand there under Ids we were never told; they are known by what they say. A line
// that `sent` carried with its Id was there before and is never taken for one of them.
std::string line_ids_after_lost_answer(const std::string& line_ids_json,
                                       const std::vector<std::string>& host_ids,
                                       const qbo::Value& sent, const qbo::Value& standing);

// Our lines laid over those that stand in QuickBooks: a line we wrote before keeps its Id and what
// is not ours in it; one of ours that the host no longer has is left out, unless a bill stands on
// it; one that somebody added in QuickBooks stays as it is, below ours. Without a record of line
// ids every standing line is taken for ours, in order. Precondition: no host id stands twice.
struct MergedLines {
  qbo::Value::Array lines;
  std::vector<std::string> host_ids; // of the first lines, billed ones that the host removed last
  std::vector<qbo::Value> billed;    // those, as they stand
};
// `class_is_ours`: the class of a line is what the host says, also if it says none.
MergedLines merged_lines(const qbo::Value::Array& ours, const std::vector<std::string>& host_ids,
                         const qbo::Value& standing, const std::string& line_ids_json,
                         bool class_is_ours);

// Does a bill, or another transaction, stand on the order?
bool is_linked(const qbo::Value& standing);

// The record of line ids as a map; empty if there is none.
std::map<std::string, std::string> line_ids_of(const std::string& line_ids_json);
const qbo::Value::Array& lines_of(const qbo::Value& object);

// Lines on it that we did not write; without a record of line ids every line is taken for ours.
bool has_lines_of_others(const qbo::Value& standing, const std::string& line_ids_json);

// Every line that stands in QuickBooks as it is: those of `line_ids_json` first, with their host
// ids, then the others.
struct StandingLines {
  qbo::Value::Array lines;
  std::vector<std::string> host_ids;
};
StandingLines standing_lines(const qbo::Value& standing, const std::string& line_ids_json);

} // namespace qb::mapping
