#pragma once
#include "process/process.hpp"
#include "process/temporary_folder.hpp"

#include <curl/curl.h>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// A real qbo-emulator in a process of its own, and a real HTTPS client for it.
namespace emulated {

using nlohmann::json;

struct Heard {
  CURLcode result = CURLE_OK; // how the transfer ended
  long status = 0;
  std::map<std::string, std::string> headers; // names in lower case
  std::string body;

  json parsed() const { return json::parse(body); }
  // The first error's code, of either fault shape; empty if there is no fault.
  std::string fault_code() const;
};

struct Asked {
  std::string body = {};
  std::vector<std::string> headers = {};
  std::string user = {}; // "id:secret" for Basic authentication
};

class Client {
 public:
  explicit Client(std::filesystem::path ca_file);
  Heard get(const std::string& url, const Asked& asked = {});
  Heard post(const std::string& url, const Asked& asked);
  Heard call(const std::string& method, const std::string& url, const Asked& asked);
  void forget_connection(); // the next call makes a new one

 private:
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::filesystem::path ca_file_;
};

inline constexpr const char* first_realm = "9341453000000001";
inline constexpr const char* second_realm = "4620816365000000002";
inline constexpr const char* callback = "http://localhost:9/callback";
inline constexpr const char* accounting = "com.intuit.quickbooks.accounting";

class Emulator {
 public:
  explicit Emulator(std::vector<std::string> options = {"--throttle", "off"});

  // Ends this process, SIGTERM or SIGKILL, and starts another on the same folder.
  process::Result stop();
  void kill_hard();
  void start();

  const std::string& url() const { return url_; }
  std::filesystem::path ca_file() const { return folder_.path() / "tls" / "ca.pem"; }
  std::filesystem::path folder() const { return folder_.path(); }
  Client& client() { return *client_; }

  json control(const std::string& method, const std::string& path, const json& body = nullptr);
  const json& app(); // client_id, client_secret, ...
  std::string client_id() { return app()["client_id"]; }
  // A token that is neither throttled nor counted.
  std::string administrator_token(const std::string& realm = first_realm);
  // Where the consent page redirects to; `change` replaces query parameters.
  std::map<std::string, std::string> consent(std::map<std::string, std::string> change = {});
  // The whole code flow; the token endpoint's answer.
  json connect(const std::string& scope = accounting);
  Heard token_call(const std::map<std::string, std::string>& fields);
  Heard refresh(const std::string& refresh_token);
  // A call to the API of a company, in JSON.
  Heard api(const std::string& token, const std::string& method, const std::string& path,
            const json& body = nullptr, const std::string& realm = first_realm);
  Heard api_text(const std::string& token, const std::string& path, const std::string& body);
  json objects(const std::string& entity, const std::string& realm = first_realm);
  json count(const std::string& realm = first_realm);
  void advance(int seconds) { control("POST", "clock", {{"advance_seconds", seconds}}); }
  // The next call makes a new connection: on an old one libcurl repeats, by itself and without a
  // word, a request that got not one byte of answer.
  void order(const json& rules);

 private:
  std::vector<std::string> options_;
  process::TemporaryFolder folder_;
  std::unique_ptr<process::Running> running_;
  std::unique_ptr<Client> client_;
  std::string url_;
  json app_;
};

std::map<std::string, std::string> query_of(const std::string& address);
std::string encoded(const std::map<std::string, std::string>& fields);

} // namespace emulated
