#include "oauth/endpoints.hpp"

#include "server/url.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace emulator::oauth {

namespace {

using nlohmann::json;
using server::Reply;
using server::Request;

std::string base64_decoded(std::string text) {
  while (text.size() % 4 != 0)
    text += '=';
  std::string out(text.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) return {};
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
    ++padding;
  out.resize(static_cast<std::size_t>(length) - padding);
  return out;
}

bool same_secret(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string field(const server::Query& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

Reply json_reply(const json& body) {
  Reply reply;
  reply.body = body.dump();
  reply.headers.emplace("Cache-Control", "no-cache, no-store");
  return reply;
}

// Basic authentication, or the secret in the body as a recorded exchange of 2019 shows.
std::optional<App> authenticated(const Connections& connections, const Request& request,
                                 const server::Query& fields) {
  std::string id = field(fields, "client_id"), secret = field(fields, "client_secret");
  const std::string header = request.header("Authorization");
  if (header.starts_with("Basic ")) {
    const std::string pair = base64_decoded(header.substr(6));
    const auto colon = pair.find(':');
    if (colon == std::string::npos) return std::nullopt;
    id = server::percent_decoded(pair.substr(0, colon), false);
    secret = server::percent_decoded(pair.substr(colon + 1), false);
  }
  const auto app = connections.app(id);
  if (!app || !same_secret(app->client_secret, secret)) return std::nullopt;
  return app;
}

bool is_json(const Request& request) {
  return request.header("Content-Type").find("json") != std::string::npos;
}

} // namespace

Endpoints::Endpoints(Connections& connections, Consent& consent, IdTokenSigner& signer)
    : connections_(connections), consent_(consent), signer_(signer) {}

std::optional<Reply> Endpoints::answer(const Request& request, Instant now) {
  const bool get = request.method == "GET", post = request.method == "POST";
  const std::string& path = request.path;
  if (get && (path == "/.well-known/openid_configuration" ||
              path == "/.well-known/openid_sandbox_configuration")) {
    Reply reply;
    reply.body = discovery();
    return reply;
  }
  if (path == "/connect/oauth2" && get) return consent_.page(request, now);
  if (path == "/connect/oauth2" && post) return consent_.chosen(request, now);
  if (path == token_path && post) return token(request, now);
  if (path == revoke_path && post) return revoke(request);
  if (path == "/v1/openid_connect/userinfo" && get) return user_information(request, now);
  if (path == "/op/v1/jwks" && get) {
    Reply reply;
    reply.body = signer_.jwks();
    return reply;
  }
  return std::nullopt;
}

std::string Endpoints::discovery() const {
  return json{
      {"issuer", base_url_ + "/op/v1"},
      {"authorization_endpoint", base_url_ + "/connect/oauth2"},
      {"token_endpoint", base_url_ + token_path},
      {"userinfo_endpoint", base_url_ + "/v1/openid_connect/userinfo"},
      {"revocation_endpoint", base_url_ + revoke_path},
      {"jwks_uri", base_url_ + "/op/v1/jwks"},
      {"response_types_supported", {"code"}},
      {"subject_types_supported", {"public"}},
      {"id_token_signing_alg_values_supported", {"RS256"}},
      {"scopes_supported", {"openid", "email", "profile", "address", "phone"}},
      {"token_endpoint_auth_methods_supported", {"client_secret_post", "client_secret_basic"}},
      {"claims_supported", {"aud", "exp", "iat", "iss", "realmid", "sub"}}}
      .dump();
}

Reply Endpoints::refused(int status, const Refusal& refusal) {
  ++counts_.refused;
  json body{{"error", refusal.error}};
  if (!refusal.description.empty()) body["error_description"] = refusal.description;
  Reply reply = json_reply(body);
  reply.status = status;
  if (status == 401) reply.headers.emplace("WWW-Authenticate", "Basic realm=\"Intuit\"");
  return reply;
}

Reply Endpoints::token(const Request& request, Instant now) {
  const auto fields = server::form_decoded(request.body);
  const auto app = authenticated(connections_, request, fields);
  const std::string grant = field(fields, "grant_type");
  if (!app) return refused(401, {"invalid_client", ""});
  if (grant.empty()) return refused(400, {"invalid_request", "grant_type is missing"});
  tl::expected<TokenPair, Refusal> pair;
  if (grant == "authorization_code") {
    ++counts_.exchanges;
    pair = connections_.redeem(*app, field(fields, "code"), field(fields, "redirect_uri"), now);
  } else if (grant == "refresh_token") {
    ++counts_.refreshes;
    pair = connections_.refresh(*app, field(fields, "refresh_token"), now);
    if (pair && pair->refresh_token != field(fields, "refresh_token")) ++counts_.rotations;
  } else {
    return refused(400, {"unsupported_grant_type", ""});
  }
  if (!pair) return refused(400, pair.error());
  json body{{"token_type", "bearer"},
            {"access_token", pair->access_token},
            {"expires_in", access_token_lifetime.count()},
            {"refresh_token", pair->refresh_token},
            {"x_refresh_token_expires_in", pair->refresh_expires_in_s}};
  if (request.header("x-include-refresh-token-hard-expires-in") == "true")
    body["x_refresh_token_hard_expires_in"] = pair->refresh_hard_expires_in_s;
  if (pair->scope.find("openid") != std::string::npos)
    body["id_token"] = signer_.id_token(base_url_ + "/op/v1", app->client_id, pair->realm, now);
  return json_reply(body);
}

Reply Endpoints::revoke(const Request& request) {
  const auto fields = is_json(request) ? server::Query{} : server::form_decoded(request.body);
  const auto app = authenticated(connections_, request, fields);
  if (!app) return refused(401, {"invalid_client", ""});
  std::string token = field(fields, "token");
  if (is_json(request)) {
    const auto body = json::parse(request.body, nullptr, false);
    if (body.is_object() && body.contains("token") && body["token"].is_string())
      token = body["token"];
  }
  ++counts_.revokes;
  if (token.empty() || !connections_.revoke(*app, token))
    return refused(400, {"invalid_request", "Token invalid"});
  Reply done;
  done.content_type = "text/plain";
  return done;
}

Reply Endpoints::user_information(const Request& request, Instant now) const {
  const std::string header = request.header("Authorization");
  const auto access = header.starts_with("Bearer ") ? connections_.access(header.substr(7), now)
                                                    : tl::unexpected(Rejected::unknown);
  if (!access || access->scope.find("openid") == std::string::npos) {
    Reply reply = json_reply({{"error", "invalid_token"}});
    reply.status = 401;
    reply.headers.emplace("WWW-Authenticate", "Bearer realm=\"Intuit\", error=\"invalid_token\"");
    return reply;
  }
  return json_reply({{"sub", user_subject},
                     {"email", "admin@example.com"},
                     {"emailVerified", true},
                     {"givenName", "Avery"},
                     {"familyName", "Fictional"}});
}

} // namespace emulator::oauth
