#include "query_statement.hpp"
#include "query_lexer.hpp"
#include "text.hpp"

namespace emulator::books {
namespace {

constexpr long page_max = 1000;

/// Recursive descent over the tokens; the first objection ends it.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Outcome<Statement> parse() {
    Statement statement;
    if (auto fault = parse_head(statement)) return tl::unexpected(*fault);
    if (take_word("where"))
      if (auto fault = parse_conditions(statement)) return tl::unexpected(*fault);
    if (auto fault = parse_orderings(statement)) return tl::unexpected(*fault);
    if (auto fault = parse_paging(statement)) return tl::unexpected(*fault);
    if (here().kind != Token::Kind::end) return tl::unexpected(unexpected("<EOF>"));
    return statement;
  }

 private:
  const Token& here() const { return tokens_[at_]; }

  bool take_word(std::string_view word) {
    if (here().kind != Token::Kind::word || !same_ignoring_case(here().content, word)) return false;
    ++at_;
    return true;
  }
  bool take_symbol(std::string_view symbol) {
    if (here().kind != Token::Kind::symbol || here().content != symbol) return false;
    ++at_;
    return true;
  }
  std::optional<std::string> take_name() {
    if (here().kind != Token::Kind::word) return std::nullopt;
    return tokens_[at_++].content;
  }

  Fault unexpected(std::string_view expected) const {
    const auto kind = here().kind == Token::Kind::word ? "<IDENTIFIER>" : here().content;
    return faults::query_syntax("Encountered \" " + std::string{kind} + " \"" + here().content +
                                " \"\" at line 1, column " + std::to_string(here().column) +
                                ".\nWas expecting:\n    " + std::string{expected} + " ...\n    ");
  }

  Objection parse_head(Statement& statement) {
    if (!take_word("select")) return unexpected("\"select\"");
    if (take_word("count")) {
      statement.count = true;
      if (!take_symbol("(")) return unexpected("\"(\"");
      if (!take_symbol("*")) return unexpected("\"*\"");
      if (!take_symbol(")")) return unexpected("\")\"");
    } else if (!take_symbol("*")) {
      return unexpected("\"*\"");
    }
    if (!take_word("from")) return unexpected("\"from\"");
    const auto entity = take_name();
    if (!entity) return unexpected("<IDENTIFIER>");
    statement.entity = *entity;
    return {};
  }

  Objection parse_value(Condition& condition) {
    const bool flag =
        here().kind == Token::Kind::word &&
        (same_ignoring_case(here().content, "true") || same_ignoring_case(here().content, "false"));
    if (here().kind != Token::Kind::text && !flag) return unexpected("<STRING>");
    condition.values.push_back(tokens_[at_++].content);
    return {};
  }

  std::optional<Operator> take_operator() {
    if (take_word("in")) return Operator::in;
    if (take_word("like")) return Operator::like;
    if (take_symbol("=")) return Operator::equal;
    if (take_symbol("<=")) return Operator::less_equal;
    if (take_symbol(">=")) return Operator::greater_equal;
    if (take_symbol("<")) return Operator::less;
    if (take_symbol(">")) return Operator::greater;
    return std::nullopt;
  }

  Objection parse_condition(Statement& statement) {
    const auto property = take_name();
    if (!property) return unexpected("<IDENTIFIER>");
    const auto op = take_operator();
    if (!op) return unexpected("\"=\"");
    Condition condition{*property, *op, {}};
    const bool several = *op == Operator::in;
    if (several && !take_symbol("(")) return unexpected("\"(\"");
    do {
      if (auto fault = parse_value(condition)) return fault;
    } while (several && take_symbol(","));
    if (several && !take_symbol(")")) return unexpected("\")\"");
    statement.conditions.push_back(std::move(condition));
    return {};
  }

  Objection parse_conditions(Statement& statement) {
    do {
      if (auto fault = parse_condition(statement)) return fault;
    } while (take_word("and"));
    return {};
  }

  Objection parse_orderings(Statement& statement) {
    if (!take_word("orderby")) {
      if (!take_word("order")) return {};
      if (!take_word("by")) return unexpected("\"by\"");
    }
    do {
      const auto property = take_name();
      if (!property) return unexpected("<IDENTIFIER>");
      const bool descending = take_word("desc");
      if (!descending) take_word("asc");
      statement.orderings.push_back({*property, descending});
    } while (take_symbol(","));
    return {};
  }

  Objection parse_count(long& count, long max) {
    const auto number =
        here().kind == Token::Kind::word ? parse_number(here().content) : std::nullopt;
    if (!number) return unexpected("<INTEGER>");
    const auto shown = here().content;
    ++at_;
    if (*number < 1)
      return faults::query_invalid("value " + shown + " is too small. Min allowed value is 1.");
    if (*number > static_cast<std::uint64_t>(max))
      return faults::query_invalid("value " + shown + " is too large. Max allowed value is " +
                                   std::to_string(max) + ".");
    count = static_cast<long>(*number);
    return {};
  }

  Objection parse_paging(Statement& statement) {
    if (take_word("startposition"))
      if (auto fault = parse_count(statement.start_position, 2'147'483'647)) return fault;
    if (take_word("maxresults"))
      if (auto fault = parse_count(statement.max_results, page_max)) return fault;
    return {};
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

} // namespace

Outcome<Statement> parse_statement(std::string_view text) {
  auto tokens = tokenize(text);
  if (!tokens) return tl::unexpected(tokens.error());
  return Parser{std::move(*tokens)}.parse();
}

} // namespace emulator::books
