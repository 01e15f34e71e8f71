#include "tls_peer/stream.hpp"

#include <sys/socket.h>

namespace tls_peer {

bool Stream::read_more() {
  char bytes[16 * 1024];
  const auto got = ssl_ ? SSL_read(ssl_, bytes, sizeof bytes)
                        : static_cast<int>(recv(fd_, bytes, sizeof bytes, 0));
  if (got <= 0) return false;
  pending_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::optional<Request> Stream::next_request() {
  std::size_t end;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
    if (!read_more()) return std::nullopt;
  Request request;
  const std::size_t first_end = pending_.find("\r\n");
  const std::string first = pending_.substr(0, first_end);
  const std::size_t blank = first.find(' ');
  request.method = first.substr(0, blank);
  request.target = first.substr(blank + 1, first.rfind(' ') - blank - 1);
  for (std::size_t at = first_end + 2; at < end;) {
    const std::size_t line_end = pending_.find("\r\n", at);
    const std::string line = pending_.substr(at, line_end - at);
    at = line_end + 2;
    const std::size_t colon = line.find(':');
    std::string name = line.substr(0, colon);
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    request.headers[name] = value == std::string::npos ? "" : line.substr(value);
  }
  const auto length = request.headers.find("content-length");
  const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
  while (pending_.size() < end + 4 + size)
    if (!read_more()) return std::nullopt;
  request.body = pending_.substr(end + 4, size);
  request.whole = pending_.substr(0, end + 4 + size);
  pending_.erase(0, end + 4 + size);
  return request;
}

bool Stream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ssl_ ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                          : static_cast<int>(send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

void Stream::reset() {
  const linger hard{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

std::string answer(int status, std::string_view body,
                   const std::map<std::string, std::string>& headers) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Answer\r\n";
  for (const auto& [name, value] : headers)
    text += name + ": " + value + "\r\n";
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return text.append(body);
}

} // namespace tls_peer
