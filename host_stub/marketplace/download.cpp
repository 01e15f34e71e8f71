#include "marketplace/download.hpp"

#include "marketplace/limits.hpp"
#include "terminal/terminal.hpp"

#include <array>
#include <curl/curl.h>
#include <memory>
#include <openssl/ssl.h>
#include <stdexcept>

namespace host::marketplace {
namespace {

struct Answer {
  const terminal::Cancel& cancel;
  std::uint64_t length_max_bytes;
  std::string body = {};
  bool is_too_large = false;
};

std::size_t take(char* data, std::size_t, std::size_t size, void* self) {
  auto& answer = *static_cast<Answer*>(self);
  if (size > answer.length_max_bytes - answer.body.size()) {
    answer.is_too_large = true;
    return size == 0 ? 1 : 0; // anything but `size` ends the call
  }
  answer.body.append(data, size);
  return size;
}

int is_cancelled(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Answer*>(self)->cancel.triggered() ? 1 : 0;
}

// SSLKEYLOGFILE in the environment must not write our session keys to a file.
CURLcode without_key_log(CURL*, void* context, void*) {
  SSL_CTX_set_keylog_callback(static_cast<SSL_CTX*>(context), nullptr);
  return CURLE_OK;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) != CURLE_OK)
    throw std::runtime_error("libcurl refuses option " + std::to_string(option));
}

void prepare(CURL* easy, const std::string& url, const std::string& ca_file, Answer& answer) {
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSL_CTX_FUNCTION, without_key_log);
  if (!ca_file.empty()) {
    set(easy, CURLOPT_CAINFO, ca_file.c_str());
    set(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  }
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_time_max_ms);
  set(easy, CURLOPT_TIMEOUT_MS, request_time_max_ms);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(easy, CURLOPT_LOW_SPEED_TIME, silent_time_max_s);
  set(easy, CURLOPT_WRITEFUNCTION, take);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&answer));
  set(easy, CURLOPT_NOPROGRESS, 0L);
  set(easy, CURLOPT_XFERINFOFUNCTION, is_cancelled);
  set(easy, CURLOPT_XFERINFODATA, static_cast<void*>(&answer));
}

Problem failed(CURLcode code, const Answer& answer, const std::string& url, const char* words) {
  if (answer.cancel.triggered()) return {"stopped", ERP_E_SHUTTING_DOWN};
  if (answer.is_too_large)
    return {url + " is larger than the " + std::to_string(answer.length_max_bytes) +
            " bytes it may have"};
  const std::string said = terminal::shown(*words ? words : curl_easy_strerror(code));
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
    return {"the server behind " + url + " could not prove who it is (" + said +
                "). Nothing was taken from it; ask the operator of the marketplace (an authority "
                "of your own: marketplace add --ca-file FILE)",
            ERP_E_DENIED};
  return {"cannot get " + url + " (" + said + "); try again later", ERP_E_RETRY_LATER};
}

Outcome<void> check_status(long status, const std::string& url) {
  if (status == 200) return {};
  if (status == 404 || status == 410)
    return problem("there is no " + url + " (the server answers " + std::to_string(status) +
                       "); ask the operator of the marketplace",
                   ERP_E_NOT_FOUND);
  if (status >= 300 && status < 400)
    return problem(url + " leads elsewhere (the server answers " + std::to_string(status) +
                       "), and redirects are not followed; if the marketplace moved, add its new "
                       "address",
                   ERP_E_DENIED);
  return problem("cannot get " + url + ": the server answers " + std::to_string(status) +
                     "; try again later",
                 ERP_E_RETRY_LATER);
}

} // namespace

Outcome<std::string> checked_address(const std::string& address) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
  const auto has = [&](CURLUPart part) {
    char* text = nullptr;
    const bool found = curl_url_get(url.get(), part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
  };
  if (address.rfind("https://", 0) != 0)
    return problem(terminal::shown(address) +
                   " does not begin with https://; what is not encrypted could be read and "
                   "changed on its way");
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
    return problem(terminal::shown(address) + " is no address");
  if (has(CURLUPART_USER) || has(CURLUPART_PASSWORD) || has(CURLUPART_QUERY) ||
      has(CURLUPART_FRAGMENT))
    return problem("the address of a marketplace holds no name, password, ? or #");
  char* text = nullptr;
  if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
    return problem(terminal::shown(address) + " is no address");
  std::string plain = text;
  curl_free(text);
  while (!plain.empty() && plain.back() == '/')
    plain.pop_back();
  return plain;
}

Outcome<std::string> download(const std::string& url, const std::string& ca_file,
                              std::uint64_t length_max_bytes, const terminal::Cancel& cancel) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  if (ready != CURLE_OK || !easy) return problem("libcurl does not start", ERP_E_INTERNAL);
  Answer answer{cancel, length_max_bytes};
  std::array<char, CURL_ERROR_SIZE> words{};
  prepare(easy.get(), url, ca_file, answer);
  set(easy.get(), CURLOPT_ERRORBUFFER, words.data());
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return tl::make_unexpected(failed(code, answer, url, words.data()));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (auto checked = check_status(status, url); !checked)
    return tl::make_unexpected(checked.error());
  return std::move(answer.body);
}

} // namespace host::marketplace
