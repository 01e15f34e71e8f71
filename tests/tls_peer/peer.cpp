#include "tls_peer/peer.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace tls_peer {

Play serving(std::function<std::string(const Request&)> answer_to) {
  return [answer_to](Stream& stream) {
    while (const auto request = stream.next_request())
      if (!stream.write(answer_to(*request))) return;
  };
}

Peer::Peer(Identity identity, Play play, Options options)
    : identity_(std::move(identity)), play_(std::move(play)), options_(options) {
  std::signal(SIGPIPE, SIG_IGN); // SSL_write on a closed connection
  context_ = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(context_, identity_.certificate.get());
  SSL_CTX_use_PrivateKey(context_, identity_.key.get());
  if (options_.version_max) {
    SSL_CTX_set_security_level(context_, 0); // else OpenSSL itself would refuse what is old
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_, options_.version_max);
  }
  listen_on(options_.host);
  acceptor_ = std::thread([this] { accept_all(); });
}

Peer::~Peer() {
  stopping_ = true;
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_)
      shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : threads_)
    thread.join();
  close(listener_);
  SSL_CTX_free(context_);
}

void Peer::listen_on(const char* host) {
  const bool v6 = std::strchr(host, ':') != nullptr;
  listener_ = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in v4_address{};
  v4_address.sin_family = AF_INET;
  inet_pton(AF_INET, host, &v4_address.sin_addr);
  sockaddr_in6 v6_address{};
  v6_address.sin6_family = AF_INET6;
  inet_pton(AF_INET6, host, &v6_address.sin6_addr);
  auto* address =
      v6 ? reinterpret_cast<sockaddr*>(&v6_address) : reinterpret_cast<sockaddr*>(&v4_address);
  socklen_t size = v6 ? sizeof v6_address : sizeof v4_address;
  if (listener_ < 0 || bind(listener_, address, size) != 0 || listen(listener_, 64) != 0)
    throw std::runtime_error("cannot listen on " + std::string(host));
  getsockname(listener_, address, &size);
  port_ = ntohs(v6 ? v6_address.sin6_port : v4_address.sin_port);
}

std::string Peer::url(const std::string& path, const std::string& host) const {
  return "https://" + host + ":" + std::to_string(port_) + path;
}

void Peer::accept_all() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, 20) <= 0) continue;
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.insert(fd);
    threads_.emplace_back([this, fd] { serve(fd); });
  }
}

void Peer::serve(int fd) {
  SSL* ssl = nullptr;
  bool ready = true;
  if (options_.tls) {
    ssl = SSL_new(context_);
    SSL_set_fd(ssl, fd);
    ready = SSL_accept(ssl) == 1;
    if (ready) ++encrypted_;
  }
  if (ready) {
    Stream stream(fd, ssl);
    play_(stream);
  }
  SSL_free(ssl);
  const std::lock_guard lock(mutex_);
  open_.erase(fd);
  close(fd);
}

} // namespace tls_peer
