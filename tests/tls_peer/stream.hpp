#pragma once

#include <map>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <string_view>

namespace tls_peer {

struct Request {
  std::string method;
  std::string target;                         // path and query
  std::map<std::string, std::string> headers; // names in lower case
  std::string body;
  std::string whole; // as it came
};

// One connection on the server's side. Its own thread uses it.
class Stream {
 public:
  Stream(int fd, SSL* ssl) : fd_(fd), ssl_(ssl) {}
  // nullopt: the other side went away.
  std::optional<Request> next_request();
  // False: the other side went away.
  bool write(std::string_view bytes);
  void reset(); // cuts the connection hard; the other side sees a reset

 private:
  bool read_more();
  int fd_;
  SSL* ssl_; // null: plain bytes
  std::string pending_;
};

// "HTTP/1.1 200 OK", headers, Content-Length, body.
std::string answer(int status, std::string_view body,
                   const std::map<std::string, std::string>& headers = {
                       {"Content-Type", "application/json"}});

} // namespace tls_peer
