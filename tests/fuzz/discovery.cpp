#include "http_text.hpp"
#include "look_at.hpp"
#include "must.hpp"

#include "oauth/endpoints.hpp"

// Whatever stands in a discovery document, tokens go to nobody but whom we trust.
namespace {

class Answering final : public qb::http::Transport {
 public:
  explicit Answering(qb::http::Response response) : response_(std::move(response)) {}
  tl::expected<qb::http::Response, qb::http::Failure> exchange(const qb::http::Message&) override {
    return response_;
  }

 private:
  qb::http::Response response_;
};

// A second opinion on an address, made of nothing but its spelling.
bool begins_at_intuit(const std::string& url) {
  constexpr std::string_view scheme = "https://";
  std::string lower;
  for (const char c : url)
    lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  if (lower.substr(0, scheme.size()) != scheme) return false;
  std::string host = lower.substr(scheme.size());
  host = host.substr(0, host.find_first_of("/?#:"));
  return host == "intuit.com" ||
         (host.size() > 11 && host.substr(host.size() - 11) == ".intuit.com" &&
          host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos);
}

} // namespace

void look_at(std::string_view input) {
  Answering transport(fuzz::response_in(input));
  qb::settings::Settings settings;
  settings.environment = qb::settings::Environment::production;
  const auto endpoints = qb::oauth::discover(transport, settings);
  if (!endpoints) {
    fuzz::must(!endpoints.error().empty(), "a refusal says why");
    return;
  }
  for (const auto& url : {endpoints->authorize, endpoints->token, endpoints->revoke})
    fuzz::must(begins_at_intuit(url), "an endpoint is at Intuit: " + url);
  fuzz::must(endpoints->api_base == "https://quickbooks.api.intuit.com",
             "no document moves the API");
}
