#include "connection/mixed_environments.hpp"

#include "connection/words.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace qb::connection {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_production(std::string_view host_environment) {
  constexpr std::array<std::string_view, 3> words = {"production", "prod", "live"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return same(word, host_environment); });
}

} // namespace

std::optional<verdict::IssueWords> mixed_environments(const settings::Settings& settings,
                                                      std::string_view host_environment) {
  const bool told = !settings.host_environment.empty();
  const bool writes_real_books = settings.environment == settings::Environment::production;
  const bool fits =
      told ? same(settings.host_environment, host_environment)
           : host_environment.empty() || is_production(host_environment) == writes_real_books;
  if (fits) return std::nullopt;
  const std::string host = host_environment.empty()
                               ? std::string("does not say what it is")
                               : "calls itself \"" + std::string(host_environment) + "\"";
  const std::string books =
      writes_real_books ? "a real company (environment=production)" : "a test company";
  verdict::IssueWords words;
  words.cause = mixed_cause;
  words.title = "This ERP and QuickBooks are of different environments";
  words.meaning = (told ? "The setting host_environment is \"" + settings.host_environment +
                              "\", and this ERP " + host + "."
                        : "This ERP " + host + ", and the plugin is set up for " + books + ".") +
                  " No call is made, and documents wait here.";
  words.remedy = "If this is a copy of another system, connect it to a company of its own "
                 "(environment, client_id, client_secret; connect --switch-company). If the two "
                 "belong together, set host_environment" +
                 (host_environment.empty() ? std::string(" to nothing.")
                                           : "=" + std::string(host_environment) + ".");
  return words;
}

} // namespace qb::connection
