#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qb::http {

// Whom we talk to: a wrong address would be given tokens and a company's books.
struct Trust {
  // False: only https hosts under intuit.com, at the usual port. True (environment=emulator): only
  // loopback hosts over https.
  bool loopback_only = false;
  // A PEM file with the authorities to believe instead of the system's. Empty: the system's.
  std::string ca_file;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// May we talk to this address under `trust`? nullopt: yes; else the reason, for a person. Pure.
std::optional<std::string> refusal_of(const std::string& url, const Trust& trust);
// "https://localhost:8443" of "https://localhost:8443/a?b"; "" if it is no address.
std::string origin_of(const std::string& url);
// url + ?a=b&c=d, percent-encoded by libcurl's URL API. `url` as it is if it is no address.
std::string with_query(const std::string& url, const Fields& query);
// One segment of a path or one value, percent-encoded: only letters, digits and -._~ stay.
std::string escaped(std::string_view text);
std::string form_encoded(const Fields& fields);
// The parameters of a query string, decoded; '+' is a blank. Hostile input: malformed escapes stay
// as they are.
Fields parse_query(std::string_view query);

} // namespace qb::http
