#include "http/curl_call.hpp"

#include <cstring>
#include <filesystem>
#include <netinet/in.h>
#include <new>
#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace qb::http {

namespace {

// Where systems keep the authorities they trust, Debian first. Named, so that no variable of the
// environment chooses it.
std::string system_authorities() {
  for (const char* file : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file;
  }
  return "/etc/ssl/certs/ca-certificates.crt";
}

std::size_t header_taken(char* data, std::size_t size, CurlCall& call) {
  call.header_bytes += size;
  if (call.header_bytes > call.bounds.header_max_bytes) {
    call.beyond_bounds = true;
    return 0;
  }
  std::string_view line(data, size);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
    line.remove_suffix(1);
  if (line.substr(0, 5) == "HTTP/") { // a further answer, after 1xx
    call.response.headers.clear();
    call.headers_ended = false;
    return size;
  }
  if (line.empty()) call.headers_ended = true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
    value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
    value.remove_suffix(1);
  call.response.headers.emplace_back(line.substr(0, colon), value);
  return size;
}

std::size_t body_taken(char* data, std::size_t size, CurlCall& call) {
  if (size > call.bounds.body_max_bytes - call.response.body.size()) {
    call.beyond_bounds = true;
    return size == 0 ? 1 : 0; // anything but `size` ends the call
  }
  call.response.body.append(data, size);
  return size;
}

// curl's callback; nothing that is thrown may pass through curl.
template <std::size_t (*taken)(char*, std::size_t, CurlCall&)>
std::size_t take(char* data, std::size_t, std::size_t size, void* self) noexcept {
  auto& call = *static_cast<CurlCall*>(self);
  try {
    return taken(data, size, call);
  } catch (const std::bad_alloc&) {
    call.no_memory = true;
    return size == 0 ? 1 : 0; // anything but `size` ends the call
  }
}

bool is_loopback(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address.addr);
    return (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
  }
  if (address.family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address.addr);
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
  }
  return false;
}

curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& call = *static_cast<CurlCall*>(self);
  if (call.trust.loopback_only && !is_loopback(*address)) {
    call.not_loopback = true;
    return CURL_SOCKET_BAD;
  }
  // curl makes it non-blocking, too, and would not look whether that was done.
  return socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                address->protocol);
}

// Connected and encrypted; the next thing that happens is the request.
int before_request(void* self, char*, char*, int, int) {
  static_cast<CurlCall*>(self)->request_left = true;
  return CURL_PREREQFUNC_OK;
}

// SSLKEYLOGFILE in the environment must not write our session keys to a file.
CURLcode without_key_log(CURL*, void* context, void*) {
  SSL_CTX_set_keylog_callback(static_cast<SSL_CTX*>(context), nullptr);
  // What was read is overwritten in OpenSSL's own buffer: tokens come that way.
  SSL_CTX_set_options(static_cast<SSL_CTX*>(context), SSL_OP_CLEANSE_PLAINTEXT);
  return CURLE_OK;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) != CURLE_OK)
    throw CurlGaveUp{"libcurl refuses option " + std::to_string(option)};
}

void set_connection(CURL* easy, const CurlCall& call) {
  set(easy, CURLOPT_PROTOCOLS_STR, "https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  const std::string authorities =
      call.trust.ca_file.empty() ? system_authorities() : call.trust.ca_file;
  set(easy, CURLOPT_CAINFO, authorities.c_str());
  set(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  set(easy, CURLOPT_SSL_CTX_FUNCTION, without_key_log);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L); // a resolver that hangs must not hold up stop()
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, call.bounds.connect_timeout_ms);
  set(easy, CURLOPT_TIMEOUT_MS, call.bounds.total_timeout_ms);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, call.bounds.low_speed_bytes_per_s);
  set(easy, CURLOPT_LOW_SPEED_TIME, call.bounds.low_speed_s);
}

void set_callbacks(CURL* easy, CurlCall& call) {
  set(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&call));
  set(easy, CURLOPT_PREREQFUNCTION, before_request);
  set(easy, CURLOPT_PREREQDATA, static_cast<void*>(&call));
  set(easy, CURLOPT_HEADERFUNCTION, take<header_taken>);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&call));
  set(easy, CURLOPT_WRITEFUNCTION, take<body_taken>);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&call));
  set(easy, CURLOPT_ERRORBUFFER, call.words.data());
}

void append_header(CurlCall& call, const std::string& line) {
  curl_slist* longer = curl_slist_append(call.headers, line.c_str());
  if (!longer) throw std::bad_alloc();
  call.headers = longer;
}

void set_request(CURL* easy, const Message& message, CurlCall& call) {
  set(easy, CURLOPT_URL, message.url.c_str());
  set(easy, CURLOPT_PATH_AS_IS, 1L);
  set(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  set(easy, CURLOPT_FRESH_CONNECT, message.send_once ? 1L : 0L);
  set(easy, CURLOPT_FORBID_REUSE, message.send_once ? 1L : 0L);
  if (message.method == "POST") {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(message.body.size()));
    set(easy, CURLOPT_POSTFIELDS, message.body.data()); // not copied; outlives the call
  } else if (message.method == "GET") {
    set(easy, CURLOPT_HTTPGET, 1L);
  } else {
    throw std::invalid_argument("only GET and POST are spoken here");
  }
  append_header(call, "Expect:"); // no waiting for 100 Continue
  for (const auto& [name, value] : message.headers) {
    constexpr std::string_view line_ends("\r\n\0", 3);
    if (name.find_first_of(line_ends) != std::string::npos ||
        value.find_first_of(line_ends) != std::string::npos)
      throw std::invalid_argument("a header must stay on its line");
    std::string line;
    line.reserve(name.size() + value.size() + 2);
    line.append(name).append(": ").append(value);
    append_header(call, line);
    OPENSSL_cleanse(line.data(), line.size());
  }
  set(easy, CURLOPT_HTTPHEADER, call.headers);
}

Failure::Kind kind_of(CURLcode code, const CurlCall& call) {
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return Failure::Kind::name_not_resolved;
  case CURLE_COULDNT_CONNECT:
    return Failure::Kind::connect_refused;
  case CURLE_OPERATION_TIMEDOUT:
    return call.request_left ? Failure::Kind::timeout : Failure::Kind::connect_timeout;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
    return Failure::Kind::tls;
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING:
    return call.request_left ? Failure::Kind::cut : Failure::Kind::tls;
  case CURLE_PARTIAL_FILE:
  case CURLE_BAD_CONTENT_ENCODING:
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_UNSUPPORTED_PROTOCOL: // "HTTP/0.9" and the like
    return Failure::Kind::cut;
  default:
    return Failure::Kind::other;
  }
}

} // namespace

CurlCall::~CurlCall() {
  for (curl_slist* line = headers; line; line = line->next)
    OPENSSL_cleanse(line->data, std::strlen(line->data));
  curl_slist_free_all(headers);
}

void prepare(CURL* easy, const Message& message, CurlCall& call) {
  curl_easy_reset(easy); // keeps the connections
  set_connection(easy, call);
  set_callbacks(easy, call);
  set_request(easy, message, call);
}

Failure failure_of(CURLcode code, const CurlCall& call) {
  if (call.not_loopback)
    return {Failure::Kind::other, false, "the emulator's name leads to another computer"};
  if (call.beyond_bounds)
    return {Failure::Kind::too_large, call.request_left, "the answer is larger than we read"};
  if (call.no_memory)
    return {Failure::Kind::other, call.request_left, "there is no memory for the answer"};
  const Failure::Kind kind = kind_of(code, call);
  std::string words = call.words.front() ? call.words.data() : curl_easy_strerror(code);
  return {kind, call.request_left, std::move(words)};
}

} // namespace qb::http
