#include "http/url.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <memory>
#include <new>
#include <stdexcept>

namespace qb::http {

namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};

// What there is no memory for must not pass for what is not there: another port, no user name.
CURLUcode with_memory(CURLUcode code) {
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  return code;
}

// nullptr: no address.
Url parsed(const std::string& text) {
  Url url(curl_url());
  if (!url) throw std::bad_alloc();
  if (text.find('\0') != std::string::npos) return nullptr;
  if (with_memory(curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME)) !=
      CURLUE_OK)
    return nullptr;
  return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  const CURLUcode code = with_memory(curl_url_get(url.get(), which, &text, flags));
  const std::unique_ptr<char, FreeText> owned(text);
  return code == CURLUE_OK && owned ? owned.get() : "";
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// By its spelling; what a name resolves to is checked when the socket is made.
bool is_loopback_host(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

bool is_intuit_host(std::string_view host) {
  constexpr std::string_view domain = "intuit.com";
  if (host == domain) return true;
  if (host.size() <= domain.size() + 1) return false;
  const std::string_view tail = host.substr(host.size() - domain.size() - 1);
  if (tail.front() != '.' || tail.substr(1) != domain) return false;
  return host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

// Written the one way that every reader of addresses takes for the same: a browser or a proxy may
// find another host than curl behind three slashes, a backslash or a percent sign.
bool is_spelled_plainly(const std::string& text, const std::string& host) {
  const std::string beginning = "https://" + host;
  if (lower_case(text.substr(0, beginning.size())) != beginning) return false;
  return text.size() == beginning.size() ||
         std::string_view(":/?#").find(text[beginning.size()]) != std::string_view::npos;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool whole = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                       digit_of(text[i + 2]) >= 0;
    if (whole) {
      result += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

} // namespace

std::optional<std::string> refusal_of(const std::string& text, const Trust& trust) {
  const Url url = parsed(text);
  if (!url) return "this is not an address";
  if (part(url, CURLUPART_SCHEME) != "https") return "only https addresses are used";
  if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
    return "an address must not carry a user name or a password";
  const std::string host = lower_case(part(url, CURLUPART_HOST));
  if (host.empty()) return "the address names no host";
  if (!is_spelled_plainly(text, host)) return "the address is not written as https://HOST/...";
  if (trust.loopback_only) {
    if (is_loopback_host(host)) return std::nullopt;
    return "the emulator must be on this computer (localhost, 127.0.0.1 or ::1), not at " + host;
  }
  if (!is_intuit_host(host)) return host + " does not belong to intuit.com";
  const std::string port = part(url, CURLUPART_PORT);
  if (!port.empty() && port != "443") return host + " is only used at port 443";
  return std::nullopt;
}

std::string origin_of(const std::string& text) {
  const Url url = parsed(text);
  if (!url) return "";
  const std::string host = part(url, CURLUPART_HOST);
  if (host.empty()) return "";
  const std::string port = part(url, CURLUPART_PORT);
  return part(url, CURLUPART_SCHEME) + "://" + host + (port.empty() ? "" : ":" + port);
}

std::string with_query(const std::string& text, const Fields& query) {
  const Url url = parsed(text);
  if (!url) return text;
  // Escaped by us and appended as it is: CURLU_URLENCODE would leave '=' of a value alone.
  for (const auto& [name, value] : query) {
    const std::string pair = escaped(name) + "=" + escaped(value);
    if (with_memory(curl_url_set(url.get(), CURLUPART_QUERY, pair.c_str(), CURLU_APPENDQUERY)) !=
        CURLUE_OK)
      throw std::runtime_error("an address grew too long");
  }
  return part(url, CURLUPART_URL);
}

std::string escaped(std::string_view text) {
  if (text.empty()) return ""; // curl would take 0 for "measure it"
  const std::unique_ptr<char, FreeText> result(
      curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())));
  if (!result) throw std::bad_alloc();
  return result.get();
}

std::string form_encoded(const Fields& fields) {
  std::string result;
  for (const auto& [name, value] : fields) {
    if (!result.empty()) result += '&';
    result += escaped(name) + "=" + escaped(value);
  }
  return result;
}

Fields parse_query(std::string_view query) {
  Fields fields;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const bool bare = equals == std::string_view::npos;
    fields.emplace_back(unescaped(pair.substr(0, equals)),
                        bare ? "" : unescaped(pair.substr(equals + 1)));
  }
  return fields;
}

} // namespace qb::http
