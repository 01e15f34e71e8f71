#include "connect/redirect.hpp"
#include "http/url.hpp"
#include "look_at.hpp"
#include "must.hpp"

// What a browser brings back, or a person pastes: parameters that survive being written again; and
// an address that is accepted as a redirect is a plain one.
void look_at(std::string_view input) {
  const auto query = host::connect::query_of(std::string(input));
  if (query)
    fuzz::must(query->find('#') == std::string::npos, "the query ends where a fragment begins");
  const auto fields = qb::http::parse_query(query ? *query : input);
  std::size_t size = 0;
  for (const auto& [name, value] : fields)
    size += name.size() + value.size();
  fuzz::must(size <= input.size(), "decoding makes nothing longer");
  fuzz::must(qb::http::parse_query(qb::http::form_encoded(fields)) == fields,
             "parameters are written so that they read the same");

  const std::string url(input);
  if (host::connect::is_redirect_url(url))
    fuzz::must(url.find_first_of("?#\r\n\t \\") == std::string::npos,
               "a redirect address is nothing but scheme, host and path");
  const auto plan = host::connect::plan_redirect({url, "127.0.0.1:8765", false, false});
  fuzz::must(plan.has_value() || !plan.error().message.empty(), "a refusal says why");
}
