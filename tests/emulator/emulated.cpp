#include "emulated.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>
#include <unistd.h>

namespace emulated {

namespace {

constexpr long patience_s = 60;

size_t take_body(char* data, size_t size, size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

size_t take_header(char* data, size_t size, size_t count, void* to) {
  std::string line(data, size * count);
  auto& headers = *static_cast<std::map<std::string, std::string>*>(to);
  const auto colon = line.find(": ");
  if (colon != std::string::npos) {
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[name] = line.substr(colon + 2, line.find_last_not_of("\r\n") - colon - 1);
  }
  return size * count;
}

std::string escaped(const std::string& text) {
  char* made = curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size()));
  std::string out = made;
  curl_free(made);
  return out;
}

std::string unescaped(const std::string& text) {
  int length = 0;
  char* made = curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &length);
  std::string out(made, static_cast<size_t>(length));
  curl_free(made);
  return out;
}

} // namespace

std::string Heard::fault_code() const {
  const json answer = json::parse(body, nullptr, false);
  if (!answer.is_object()) return {};
  if (answer.contains("Fault")) return answer["Fault"]["Error"][0]["code"];
  if (answer.contains("fault") && answer["fault"].is_object())
    return answer["fault"]["error"][0]["code"];
  return {};
}

std::map<std::string, std::string> query_of(const std::string& address) {
  std::map<std::string, std::string> out;
  const auto question = address.find('?');
  std::string rest = question == std::string::npos ? "" : address.substr(question + 1);
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    const auto equals = pair.find('=');
    out[unescaped(pair.substr(0, equals))] =
        equals == std::string::npos ? "" : unescaped(pair.substr(equals + 1));
    rest = pair.size() < rest.size() ? rest.substr(pair.size() + 1) : "";
  }
  return out;
}

std::string encoded(const std::map<std::string, std::string>& fields) {
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
  return out;
}

Client::Client(std::filesystem::path ca_file)
    : curl_(curl_easy_init(), curl_easy_cleanup), ca_file_(std::move(ca_file)) {}

void Client::forget_connection() {
  curl_.reset(curl_easy_init());
}

Heard Client::get(const std::string& url, const Asked& asked) {
  return call("GET", url, asked);
}

Heard Client::post(const std::string& url, const Asked& asked) {
  return call("POST", url, asked);
}

Heard Client::call(const std::string& method, const std::string& url, const Asked& asked) {
  Heard heard;
  CURL* curl = curl_.get();
  curl_easy_reset(curl); // keeps connections
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file_.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, patience_s);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &heard.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &heard.headers);
  if (method != "GET") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(asked.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, asked.body.c_str());
  }
  if (!asked.user.empty()) curl_easy_setopt(curl, CURLOPT_USERPWD, asked.user.c_str());
  curl_slist* lines = nullptr;
  for (const auto& line : asked.headers)
    lines = curl_slist_append(lines, line.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
  heard.result = curl_easy_perform(curl);
  curl_slist_free_all(lines);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &heard.status);
  return heard;
}

Emulator::Emulator(std::vector<std::string> options) : options_(std::move(options)) {
  start();
}

void Emulator::start() {
  // Another port every time, as after a real restart.
  std::vector<std::string> arguments{"--port", "0", "--state", folder_.path().string()};
  arguments.insert(arguments.end(), options_.begin(), options_.end());
  running_ = std::make_unique<process::Running>(QBO_EMULATOR, arguments);
  const auto line = running_->next_line();
  if (!line || !line->starts_with("ready "))
    throw std::runtime_error("the emulator did not start: " + running_->wait().err);
  url_ = line->substr(6);
  client_ = std::make_unique<Client>(ca_file());
  app_ = nullptr;
}

process::Result Emulator::stop() {
  running_->send(SIGTERM);
  return running_->wait();
}

void Emulator::kill_hard() {
  running_->kill_hard();
  running_->wait();
}

json Emulator::control(const std::string& method, const std::string& path, const json& body) {
  const auto heard =
      client_->call(method, url_ + "/_emulator/" + path, {body.is_null() ? "" : body.dump()});
  if (heard.result != CURLE_OK || heard.status != 200)
    throw std::runtime_error(path + ": " + std::to_string(heard.status) + " " + heard.body);
  return heard.parsed();
}

const json& Emulator::app() {
  if (app_.is_null()) app_ = control("GET", "app");
  return app_;
}

void Emulator::order(const json& rules) {
  control("POST", "faults", rules);
  client_->forget_connection();
}

std::string Emulator::administrator_token(const std::string& realm) {
  return control("POST", "token?company=" + realm)["access_token"];
}

std::map<std::string, std::string> Emulator::consent(std::map<std::string, std::string> change) {
  change.merge(std::map<std::string, std::string>{{"client_id", client_id()},
                                                  {"response_type", "code"},
                                                  {"scope", accounting},
                                                  {"redirect_uri", callback},
                                                  {"state", "s-1"}});
  const auto heard = client_->get(url_ + "/connect/oauth2?" + encoded(change));
  if (heard.status != 302) throw std::runtime_error("no redirect: " + heard.body);
  return query_of(heard.headers.at("location"));
}

json Emulator::connect(const std::string& scope) {
  const auto given = consent({{"scope", scope}});
  const auto heard = token_call({{"grant_type", "authorization_code"},
                                 {"code", given.at("code")},
                                 {"redirect_uri", callback}});
  if (heard.status != 200) throw std::runtime_error("no token: " + heard.body);
  return heard.parsed();
}

Heard Emulator::token_call(const std::map<std::string, std::string>& fields) {
  return client_->post(
      url_ + "/oauth2/v1/tokens/bearer",
      {encoded(fields),
       {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json",
        "x-include-refresh-token-hard-expires-in: true"},
       client_id() + ":" + app()["client_secret"].get<std::string>()});
}

Heard Emulator::refresh(const std::string& refresh_token) {
  return token_call({{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}});
}

Heard Emulator::api(const std::string& token, const std::string& method, const std::string& path,
                    const json& body, const std::string& realm) {
  return client_->call(method, url_ + "/v3/company/" + realm + "/" + path,
                       {body.is_null() ? "" : body.dump(),
                        {"Authorization: Bearer " + token, "Accept: application/json",
                         "Content-Type: application/json"}});
}

Heard Emulator::api_text(const std::string& token, const std::string& path,
                         const std::string& body) {
  return client_->post(url_ + "/v3/company/" + first_realm + "/" + path,
                       {body,
                        {"Authorization: Bearer " + token, "Accept: application/json",
                         "Content-Type: application/json"}});
}

json Emulator::objects(const std::string& entity, const std::string& realm) {
  return control("GET", "companies/" + realm + "/objects?entity=" + entity);
}

json Emulator::count(const std::string& realm) {
  const auto all = control("GET", "counts");
  return all["companies"].contains(realm) ? all["companies"][realm] : json::object();
}

} // namespace emulated
