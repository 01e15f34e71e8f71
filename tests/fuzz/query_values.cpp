#include "core/qbo/query.hpp"
#include "core/qbo/request.hpp"
#include "http/url.hpp"
#include "look_at.hpp"
#include "must.hpp"

// A text from the host cannot leave its quotes in a query: read by the rules of the query language,
// the literal ends at its last byte and says what was put in.
namespace {

// The text between the quotes; `end` is where the literal ends, npos if it does not.
std::string read_literal(std::string_view statement, std::size_t& end) {
  std::string text;
  for (std::size_t at = 1; at < statement.size(); ++at) {
    if (statement[at] == '\'') {
      end = at + 1;
      return text;
    }
    if (statement[at] == '\\') ++at;
    if (at < statement.size()) text += statement[at];
  }
  end = std::string_view::npos;
  return text;
}

} // namespace

void look_at(std::string_view input) {
  const std::string literal = qb::qbo::quoted(input);
  std::size_t end = 0;
  fuzz::must(!literal.empty() && literal.front() == '\'', "a literal begins with a quote");
  fuzz::must(read_literal(literal, end) == input, "a literal says what was put in");
  fuzz::must(end == literal.size(), "a literal ends at its last byte");

  const auto request = qb::qbo::page(qb::qbo::Entity::vendor, 1, false, "DisplayName = " + literal);
  const std::string start = "https://quickbooks.api.intuit.com/v3/company/1/query";
  const std::string url = qb::http::with_query(start, request.query);
  fuzz::must(url.size() > start.size() && url.substr(0, start.size()) == start,
             "a text does not move the address");
  fuzz::must(url.find_first_of("'\\ \"<>\r\n\t#") == std::string::npos, "an address is clean");
  fuzz::must(qb::http::parse_query(url.substr(start.size() + 1)) == request.query,
             "the statement arrives as it was written");
}
