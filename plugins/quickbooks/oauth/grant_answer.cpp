#include "oauth/grant_answer.hpp"

#include "core/qbo/value.hpp"
#include "core/secret/secret_string.hpp"
#include "http/redact.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace qb::oauth {

namespace {

// Where QuickBooks does not say how long an access token lives (Intuit: 60 minutes; confirmed).
constexpr std::int64_t access_lifetime_s = 3600;
constexpr std::int64_t lifetime_max_s = 10LL * 366 * 24 * 3600;

// A parser that leaves no token behind in memory.
using SecretJson = nlohmann::basic_json<std::map, std::vector, secret::SecretString>;

std::string text_in(const SecretJson& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return std::string(std::string_view(found->get_ref<const secret::SecretString&>()));
}

// A whole number of seconds, as number or text; `otherwise` if there is none.
std::int64_t seconds_of(const SecretJson& object, const char* name, std::int64_t otherwise) {
  const auto found = object.find(name);
  const auto number = found != object.end() && found->is_number()
                          ? erp::Decimal::parse(std::string_view(found->dump()))
                          : erp::Decimal::parse(text_in(object, name));
  const auto whole = number ? number->rounded(0, erp::Rounding::toward_zero) : std::nullopt;
  if (!whole || whole->is_negative()) return otherwise;
  return std::min(whole->coefficient(), lifetime_max_s);
}

// An OAuth error is a word; anything else would be a stranger's text in our log.
std::string as_word(const std::string& text) {
  const bool word = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
  return word && text.size() <= 40 ? text : "";
}

std::string tid_of(const http::Response& response) {
  auto tid = response.header("intuit_tid");
  if (!tid) tid = response.header("intuit-tid");
  return tid.value_or("");
}

Refusal refusal_from(const http::Response& response) {
  const std::string error = error_of(response);
  const std::string status = std::to_string(response.status);
  using Kind = Refusal::Kind;
  if (response.status == 429)
    return {Kind::unreachable, "QuickBooks asks to come back later (429).", ""};
  if (response.status >= 500)
    return {Kind::lost, "QuickBooks' sign-in service has trouble (" + status + ").", ""};
  if (error == "invalid_grant")
    return {Kind::invalid_grant,
            "QuickBooks no longer accepts this connection (invalid_grant): it was disconnected in "
            "QuickBooks, was not used for 100 days, or has ended.",
            ""};
  if (error == "invalid_client" || response.status == 401)
    return {Kind::invalid_client,
            "QuickBooks does not know this client id with this secret (invalid_client). Check "
            "client_id, client_secret and environment in the settings; sandbox and production "
            "have keys of their own.",
            ""};
  if (!error.empty())
    return {Kind::other_refusal,
            "QuickBooks refuses the request (" + error +
                "). Check client_id, the redirect address and environment in the settings.",
            ""};
  return {Kind::lost, "QuickBooks' sign-in service gave no readable answer (" + status + ").", ""};
}

} // namespace

std::string error_of(const http::Response& response) {
  if (const auto body = qbo::read(response.body))
    if (const std::string word = as_word(body->text_of("error")); !word.empty()) return word;
  const std::string challenge = response.header("WWW-Authenticate").value_or("");
  for (const char* word : {"invalid_client", "invalid_grant"})
    if (challenge.find(word) != std::string::npos) return word;
  return "";
}

tl::expected<Tokens, Refusal> read_grant(const http::Response& response) {
  if (response.status == 200) {
    const auto body = SecretJson::parse(response.body, nullptr, /*allow_exceptions=*/false);
    Tokens tokens;
    if (body.is_object()) {
      tokens.access_token = text_in(body, "access_token");
      tokens.refresh_token = text_in(body, "refresh_token");
      tokens.access_expires_in_s = seconds_of(body, "expires_in", access_lifetime_s);
      tokens.refresh_expires_in_s = seconds_of(body, "x_refresh_token_expires_in", 0);
      tokens.refresh_hard_expires_in_s = seconds_of(body, "x_refresh_token_hard_expires_in", 0);
    }
    if (!tokens.access_token.empty()) return tokens;
  }
  Refusal refusal = refusal_from(response);
  refusal.intuit_tid = tid_of(response);
  return tl::unexpected(std::move(refusal));
}

Refusal read_failure(const http::Failure& failure) {
  const std::string words = http::redacted(failure.words);
  if (failure.request_left)
    return {Refusal::Kind::lost, "QuickBooks' sign-in service gave no whole answer: " + words + ".",
            ""};
  return {Refusal::Kind::unreachable,
          "QuickBooks' sign-in service cannot be reached: " + words + ".", ""};
}

} // namespace qb::oauth
