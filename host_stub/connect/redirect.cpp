#include "connect/redirect.hpp"

#include <arpa/inet.h>
#include <charconv>
#include <regex>

namespace host::connect {
namespace {

constexpr int pasted_port = 8765; // nobody listens there; it only has to be some address

struct Parts {
  std::string scheme, host, path;
  int port = 0; // 0: not given
};

std::optional<int> port_of(const std::string& text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
    return std::nullopt;
  return port;
}

std::optional<Parts> split(const std::string& url) {
  static const std::regex form(
      "(https?)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+\\])(:([0-9]+))?(/[!-~]*)?");
  std::smatch match;
  // Of the path what every browser reads the same: a backslash is a slash to some.
  if (!std::regex_match(url, match, form) || url.find_first_of("?#\\") != std::string::npos)
    return std::nullopt;
  Parts parts{match[1], match[2], match[5].matched ? match[5].str() : "/", 0};
  if (match[4].matched) {
    const auto port = port_of(match[4]);
    if (!port) return std::nullopt;
    parts.port = *port;
  }
  return parts;
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::string address_of(const std::string& host) {
  return host == "[::1]" ? "::1" : "127.0.0.1";
}

std::string host_header(const std::string& host, int port) {
  return port == 0 ? host : host + ":" + std::to_string(port);
}

Outcome<Redirect> free_port(bool paste) {
  Redirect redirect{"http://localhost:0/callback", "/callback", "127.0.0.1", 0, {}};
  if (paste) {
    redirect.url = "http://localhost:" + std::to_string(pasted_port) + "/callback";
    redirect.listen_address.clear();
  }
  return redirect;
}

// "[::1]:8765" -> ("::1", 8765)
std::optional<std::pair<std::string, int>> address_and_port(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string::npos ? std::nullopt : port_of(text.substr(colon + 1));
  if (!port) return std::nullopt;
  std::string address = text.substr(0, colon);
  const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (bracketed) address = address.substr(1, address.size() - 2);
  unsigned char bytes[sizeof(in6_addr)];
  if (inet_pton(bracketed ? AF_INET6 : AF_INET, address.c_str(), bytes) != 1) return std::nullopt;
  return std::pair(address, *port);
}

} // namespace

bool is_redirect_url(const std::string& url) {
  const auto parts = split(url);
  return parts && (parts->scheme == "https" || is_loopback(parts->host));
}

bool is_listen_address(const std::string& address) {
  return address_and_port(address).has_value();
}

Outcome<Redirect> plan_redirect(const Wishes& wishes) {
  if (wishes.redirect_url.empty()) {
    if (wishes.emulator) return free_port(wishes.paste);
    return problem("set the address registered with the other side first: host-settings set "
                   "redirect_url=https://erp.example.com/callback",
                   ERP_E_CONFIG);
  }
  const auto url = split(wishes.redirect_url);
  if (!url)
    return problem("redirect_url is no address such as https://erp.example.com/callback",
                   ERP_E_CONFIG);
  Redirect redirect{wishes.redirect_url, url->path, "", 0, {host_header(url->host, url->port)}};
  if (wishes.paste) return redirect;
  if (!wishes.callback_listen.empty()) {
    const auto listen = address_and_port(wishes.callback_listen);
    if (!listen)
      return problem("callback_listen is no address and port such as 127.0.0.1:8765", ERP_E_CONFIG);
    redirect.listen_address = listen->first;
    redirect.port = listen->second;
    redirect.allowed_hosts.push_back(wishes.callback_listen);
    return redirect;
  }
  if (url->scheme == "http" && is_loopback(url->host)) {
    redirect.listen_address = address_of(url->host);
    redirect.port = url->port == 0 ? 80 : url->port;
    return redirect;
  }
  return problem("redirect_url is a public address: either let its web server pass requests on to "
                 "this host and set host-settings set callback_listen=127.0.0.1:8765, or connect "
                 "with --paste",
                 ERP_E_CONFIG);
}

std::optional<std::string> query_of(const std::string& address) {
  const std::size_t mark = address.find('?');
  if (mark == std::string::npos) return std::nullopt;
  std::string query = address.substr(mark + 1);
  query = query.substr(0, query.find('#'));
  const std::size_t end = query.find_last_not_of(" \t\r\n");
  query.resize(end == std::string::npos ? 0 : end + 1);
  if (query.empty()) return std::nullopt;
  return query;
}

} // namespace host::connect
