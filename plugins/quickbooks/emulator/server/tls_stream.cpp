#include "server/tls_stream.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <openssl/err.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace emulator::server {

namespace {

void address_text(const sockaddr_storage& from, std::string& ip, int& port) {
  char text[INET6_ADDRSTRLEN] = "";
  if (from.ss_family == AF_INET) {
    sockaddr_in in4{};
    std::memcpy(&in4, &from, sizeof in4);
    inet_ntop(AF_INET, &in4.sin_addr, text, sizeof text);
    port = ntohs(in4.sin_port);
  } else if (from.ss_family == AF_INET6) {
    sockaddr_in6 in6{};
    std::memcpy(&in6, &from, sizeof in6);
    inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof text);
    port = ntohs(in6.sin6_port);
  }
  ip = text;
}

} // namespace

TlsStream::TlsStream(int socket, SSL_CTX* context, Patience& patience)
    : socket_(socket), ssl_(SSL_new(context), SSL_free), patience_(patience) {
  SSL_set_fd(ssl_.get(), socket);
}

TlsStream::~TlsStream() {
  if (!cut_) ::close(socket_);
}

bool TlsStream::handshake() {
  const bool done = SSL_accept(ssl_.get()) == 1;
  ERR_clear_error();
  return done;
}

bool TlsStream::request_begins(int wake, int idle_ms_max) {
  ending_ = {};
  head_sent_ = false;
  if (cut_) return false;
  if (is_readable()) return true;
  pollfd watched[] = {{socket_, POLLIN, 0}, {wake, POLLIN, 0}};
  const int ready = ::poll(watched, 2, idle_ms_max);
  if (ready <= 0 || watched[1].revents != 0) return false;
  // What arrived may be the peer's goodbye and no request.
  const int got = SSL_read(ssl_.get(), held_.data(), static_cast<int>(held_.size()));
  ERR_clear_error();
  if (got <= 0) return false;
  held_from_ = 0;
  held_to_ = static_cast<size_t>(got);
  return true;
}

void TlsStream::end_answers_with(const Ending& ending) {
  ending_ = ending;
  head_sent_ = false;
}

void TlsStream::close_properly() {
  if (!cut_) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

bool TlsStream::is_readable() const {
  return held_from_ < held_to_ || SSL_pending(ssl_.get()) > 0;
}

ssize_t TlsStream::read(char* to, size_t size) {
  if (cut_) return -1;
  if (held_from_ == held_to_) {
    const int got = SSL_read(ssl_.get(), held_.data(), static_cast<int>(held_.size()));
    ERR_clear_error();
    if (got <= 0) return got == 0 ? 0 : -1;
    held_from_ = 0;
    held_to_ = static_cast<size_t>(got);
  }
  const size_t given = std::min(size, held_to_ - held_from_);
  std::memcpy(to, held_.data() + held_from_, given);
  held_from_ += given;
  return static_cast<ssize_t>(given);
}

ssize_t TlsStream::write(const char* from, size_t size) {
  if (cut_) return -1;
  switch (ending_.kind) {
  case Ending::Kind::whole:
    return send(from, size);
  case Ending::Kind::no_answer:
    cut();
    return -1;
  case Ending::Kind::truncated:
    return write_truncated(from, size);
  case Ending::Kind::dripped:
    return write_dripping(from, size);
  }
  return -1;
}

ssize_t TlsStream::send(const char* from, size_t size) {
  if (size == 0) return 0;
  const int sent = SSL_write(ssl_.get(), from, static_cast<int>(std::min<size_t>(size, 1u << 30)));
  ERR_clear_error();
  return sent > 0 ? sent : -1;
}

ssize_t TlsStream::write_truncated(const char* from, size_t size) {
  size_t head = 0;
  if (!head_sent_) {
    const auto end = std::string_view(from, size).find("\r\n\r\n");
    if (end == std::string_view::npos) return send(from, size);
    head_sent_ = true;
    head = end + 4;
  }
  const size_t of_body = std::min(size - head, ending_.body_bytes);
  ending_.body_bytes -= of_body;
  send(from, head + of_body);
  if (ending_.body_bytes > 0) return static_cast<ssize_t>(size);
  cut();
  return -1;
}

ssize_t TlsStream::write_dripping(const char* from, size_t size) {
  for (size_t at = 0; at < size;) {
    const size_t piece = std::min(size - at, std::max<size_t>(1, ending_.chunk_bytes));
    const auto sent = send(from + at, piece);
    if (sent < 0) return -1;
    at += static_cast<size_t>(sent);
    patience_.wait(ending_.pause);
  }
  return static_cast<ssize_t>(size);
}

void TlsStream::cut() {
  if (ending_.reset) {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  } else {
    ::shutdown(socket_, SHUT_RDWR);
  }
  ::close(socket_);
  cut_ = true;
}

void TlsStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage from{};
  socklen_t length = sizeof from;
  if (getpeername(socket_, reinterpret_cast<sockaddr*>(&from), &length) == 0)
    address_text(from, ip, port);
}

void TlsStream::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage from{};
  socklen_t length = sizeof from;
  if (getsockname(socket_, reinterpret_cast<sockaddr*>(&from), &length) == 0)
    address_text(from, ip, port);
}

} // namespace emulator::server
