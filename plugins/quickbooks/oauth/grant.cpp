#include "oauth/grant.hpp"

#include "core/qbo/value.hpp"
#include "oauth/grant_answer.hpp"
#include "oauth/seal.hpp"
#include "oauth/wipe.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <openssl/evp.h>

namespace qb::oauth {

namespace {

constexpr const char* scope = "com.intuit.quickbooks.accounting";
constexpr std::size_t state_size_bytes = 32;

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// A POST that carries the client's secret, wiped from our memory afterwards.
class SecretMessage {
 public:
  SecretMessage(const std::string& url, const Credentials& credentials, std::string content_type,
                std::string body) {
    std::string pair = credentials.client_id + ":" + credentials.client_secret;
    const Wiped wiped(pair);
    message_.method = "POST";
    message_.url = url;
    std::string encoded = base64(pair);
    const Wiped wiped_too(encoded);
    message_.headers.reserve(headers_max); // a longer list would leave copies behind
    message_.headers.emplace_back("Authorization", std::string());
    std::string& value = message_.headers.front().second;
    value.reserve(sizeof "Basic " + encoded.size());
    value.append("Basic ").append(encoded);
    message_.headers.emplace_back("Accept", "application/json");
    message_.headers.emplace_back("Content-Type", std::move(content_type));
    message_.body = std::move(body);
    message_.send_once = true;
  }
  ~SecretMessage() {
    wipe(message_.headers.front().second);
    wipe(message_.body);
  }
  SecretMessage(const SecretMessage&) = delete;
  SecretMessage& operator=(const SecretMessage&) = delete;
  http::Message& operator*() { return message_; }

 private:
  static constexpr std::size_t headers_max = 8;
  http::Message message_;
};

using Form = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// In one buffer of the final size, so that no half-grown copy of a token stays behind.
std::string form_of(const Form& form) {
  std::string body;
  std::size_t size = 0;
  for (const auto& [name, value] : form)
    size += name.size() + 3 * value.size() + 2;
  body.reserve(size);
  for (const auto& [name, value] : form) {
    std::string encoded = http::escaped(value);
    const Wiped wiped(encoded);
    body.append(body.empty() ? "" : "&").append(name).append("=").append(encoded);
  }
  return body;
}

// Tokens are of letters, digits and a few signs that JSON takes as they are.
std::string token_as_json(const std::string& token) {
  const bool plain = std::all_of(token.begin(), token.end(), [](unsigned char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
  });
  if (!plain) return qbo::write(qbo::Value::object().set("token", token));
  std::string body;
  body.reserve(token.size() + 16);
  body.append("{\"token\":\"").append(token).append("\"}");
  return body;
}

tl::expected<Tokens, Refusal> ask(http::Transport& transport, const Endpoints& endpoints,
                                  const Credentials& credentials, const Form& form) {
  SecretMessage message(endpoints.token, credentials, "application/x-www-form-urlencoded",
                        form_of(form));
  // Asks for the end that no refresh can move (Intuit's clients, 2026).
  (*message).headers.emplace_back("x-include-refresh-token-hard-expires-in", "true");
  auto response = transport.exchange(*message);
  if (!response) return tl::unexpected(read_failure(response.error()));
  const Wiped wiped(response->body);
  return read_grant(*response);
}

} // namespace

Credentials::~Credentials() {
  wipe(client_secret);
}

Tokens::~Tokens() {
  wipe(access_token);
  wipe(refresh_token);
}

std::string authorize_url(const Endpoints& endpoints, const Credentials& credentials,
                          const std::string& redirect_uri, const std::string& state) {
  return http::with_query(endpoints.authorize, {{"client_id", credentials.client_id},
                                                {"response_type", "code"},
                                                {"scope", scope},
                                                {"redirect_uri", redirect_uri},
                                                {"state", state}});
}

std::string make_state() {
  std::string text = base64(random_bytes(state_size_bytes));
  while (!text.empty() && text.back() == '=')
    text.pop_back();
  for (char& c : text)
    c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

tl::expected<Tokens, Refusal> exchange_code(http::Transport& transport, const Endpoints& endpoints,
                                            const Credentials& credentials, const std::string& code,
                                            const std::string& redirect_uri) {
  auto tokens =
      ask(transport, endpoints, credentials,
          {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}});
  if (tokens && tokens->refresh_token.empty())
    return tl::unexpected(
        Refusal{Refusal::Kind::lost, "QuickBooks gave no refresh token. Connect again.", ""});
  return tokens;
}

tl::expected<Tokens, Refusal> refresh(http::Transport& transport, const Endpoints& endpoints,
                                      const Credentials& credentials,
                                      const std::string& refresh_token) {
  return ask(transport, endpoints, credentials,
             {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}});
}

std::optional<std::string> revoke(http::Transport& transport, const Endpoints& endpoints,
                                  const Credentials& credentials, const std::string& token) {
  SecretMessage message(endpoints.revoke, credentials, "application/json", token_as_json(token));
  auto response = transport.exchange(*message);
  if (!response) return read_failure(response.error()).words;
  const Wiped wiped(response->body); // it has no business to hold a token, and might
  if (response->status == 200) return std::nullopt;
  const std::string error = error_of(*response);
  // 400 is what a token gets that is not valid any more (unconfirmed).
  if (response->status == 400 && error != "invalid_client") return std::nullopt;
  return read_grant(*response).error().words;
}

} // namespace qb::oauth
