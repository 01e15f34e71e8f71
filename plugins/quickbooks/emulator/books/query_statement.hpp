#pragma once
#include "fault.hpp"

#include <string>
#include <vector>

namespace emulator::books {

enum class Operator { equal, less, greater, less_equal, greater_equal, in, like };

struct Condition {
  std::string property;
  Operator op;
  std::vector<std::string> values; ///< one, or several for IN
};

struct Ordering {
  std::string property;
  bool descending = false;
};

/// A parsed SELECT. Entity and properties are as written; nothing is checked against the schema
/// yet.
struct Statement {
  bool count = false;
  std::string entity;
  std::vector<Condition> conditions;
  std::vector<Ordering> orderings;
  long start_position = 1;
  long max_results = 100;
};

/// Parses Intuit's query language: SELECT * or COUNT(*), FROM, WHERE with AND, ORDERBY,
/// STARTPOSITION, MAXRESULTS. Anything else, OR included, is fault 4000; paging values out of range
/// are 4001.
Outcome<Statement> parse_statement(std::string_view text);

} // namespace emulator::books
