#include "acceptance/client.hpp"

#include <curl/curl.h>
#include <stdexcept>

namespace acceptance {
namespace {

constexpr long patience_s = 60;

size_t take(char* data, size_t size, size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

} // namespace

struct Client::Handle {
  CURL* curl = curl_easy_init();
  curl_slist* headers = nullptr;
  ~Handle() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
  }
  void header(const std::string& line) { headers = curl_slist_append(headers, line.c_str()); }
  void begin(const std::string& url, const std::string& ca_file, Answer& answer) {
    curl_easy_reset(curl); // keeps connections
    curl_slist_free_all(headers);
    headers = nullptr;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, patience_s);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  }
  void perform(Answer& answer) {
    const CURLcode result = curl_easy_perform(curl);
    if (result != CURLE_OK) answer.trouble = curl_easy_strerror(result);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    const char* location = nullptr;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &location);
    if (location) answer.location = location;
  }
};

Client::Client(std::string ca_file)
    : ca_file_(std::move(ca_file)), handle_(std::make_unique<Handle>()) {}

Client::~Client() = default;

Answer Client::call(const std::string& method, const std::string& url, const std::string& body,
                    const std::string& bearer) {
  Answer answer;
  handle_->begin(url, ca_file_, answer);
  curl_easy_setopt(handle_->curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  handle_->header("Accept: application/json");
  if (method != "GET") {
    curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDS, body.c_str());
    handle_->header("Content-Type: application/json");
  }
  if (!bearer.empty()) handle_->header("Authorization: Bearer " + bearer);
  curl_easy_setopt(handle_->curl, CURLOPT_HTTPHEADER, handle_->headers);
  handle_->perform(answer);
  return answer;
}

Answer Client::browse(const std::string& url) {
  Answer answer;
  handle_->begin(url, ca_file_, answer);
  curl_easy_setopt(handle_->curl, CURLOPT_FOLLOWLOCATION, 1L);
  handle_->perform(answer);
  return answer;
}

} // namespace acceptance
