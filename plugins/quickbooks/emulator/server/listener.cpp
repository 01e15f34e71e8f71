#include "server/listener.hpp"

#include "server/gzip.hpp"
#include "server/tls_stream.hpp"
#include "server/url.hpp"

#include <arpa/inet.h>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <set>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace emulator::server {

namespace {

constexpr int backlog = 512;
constexpr int idle_ms_max = 60'000;
constexpr int io_seconds_max = 120; // Intuit's server gives up after as much
constexpr size_t requests_per_connection_max = 1'000'000;
constexpr size_t body_bytes_max = 100u << 20; // Intuit's largest upload
constexpr size_t connections_max = 512;
constexpr auto farewell_max = std::chrono::seconds(3);

// The stream whose request this thread is answering; httplib hands handlers no context of ours.
thread_local TlsStream* stream_here = nullptr;
thread_local bool gzip_here = false;

int bound(int family, int port) {
  const int made = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) return -1;
  const int on = 1;
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  int result = -1;
  if (family == AF_INET6) {
    setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    sockaddr_in6 at{};
    at.sin6_family = AF_INET6;
    at.sin6_addr = in6addr_loopback;
    at.sin6_port = htons(static_cast<uint16_t>(port));
    result = ::bind(made, reinterpret_cast<const sockaddr*>(&at), sizeof at);
  } else {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(static_cast<uint16_t>(port));
    result = ::bind(made, reinterpret_cast<const sockaddr*>(&at), sizeof at);
  }
  if (result == 0 && ::listen(made, backlog) == 0) return made;
  const int reason = errno;
  ::close(made);
  errno = reason;
  return -1;
}

int port_of(int socket) {
  sockaddr_in at{};
  socklen_t length = sizeof at;
  getsockname(socket, reinterpret_cast<sockaddr*>(&at), &length);
  return ntohs(at.sin_port);
}

Request translated(const httplib::Request& from) {
  Request to;
  to.method = from.method;
  const auto question = from.target.find('?');
  to.path = percent_decoded(std::string_view(from.target).substr(0, question), false);
  if (question != std::string::npos)
    to.query = form_decoded(std::string_view(from.target).substr(question + 1));
  for (const auto& [name, value] : from.headers)
    to.headers.emplace(name, value);
  to.body = from.body;
  return to;
}

void translate(Reply reply, httplib::Response& to) {
  to.status = reply.status;
  for (const auto& [name, value] : reply.headers)
    to.set_header(name, value);
  if (gzip_here && reply.body.size() >= gzip_bytes_min) {
    to.set_header("Content-Encoding", "gzip");
    to.set_header("Vary", "Accept-Encoding");
    reply.body = gzipped(reply.body);
  }
  if (!reply.body.empty() || reply.status != 302) to.set_content(reply.body, reply.content_type);
  if (stream_here) stream_here->end_answers_with(reply.ending);
}

} // namespace

// httplib parses and prints HTTP; accepting, TLS and the end of a connection are ours, because a
// test must be able to cut a connection between the commit and the first byte of the answer.
class Listener::Floor : private httplib::Server {
 public:
  Floor(int port, const KeyPair& keys, Door door, std::function<bool()> admits, Patience& patience)
      : door_(std::move(door)), admits_(std::move(admits)), patience_(patience),
        context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    std::signal(SIGPIPE, SIG_IGN);
    load(keys);
    bind_both(port);
    route();
    wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  }
  ~Floor() override {
    stop_all();
    for (const int socket : {socket4_, socket6_, wake_})
      if (socket >= 0) ::close(socket);
  }
  int port() const { return port_; }
  void begin() {
    acceptor_ = std::thread([this] { accept_all(); });
  }

  void stop_all() {
    const uint64_t one = 1;
    if (::write(wake_, &one, sizeof one) < 0) return;
    if (acceptor_.joinable()) acceptor_.join();
    patience_.end();
    std::unique_lock lock(mutex_);
    fewer_.wait_for(lock, farewell_max, [this] { return open_.empty(); });
    for (const int socket : open_)
      ::shutdown(socket, SHUT_RDWR);
    fewer_.wait(lock, [this] { return open_.empty() && threads_ == 0; });
  }

 private:
  void load(const KeyPair& keys) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    if (SSL_CTX_use_certificate_chain_file(context_.get(), keys.certificate.c_str()) != 1)
      throw std::runtime_error("cannot use the certificate " + keys.certificate.string());
    if (SSL_CTX_use_PrivateKey_file(context_.get(), keys.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context_.get()) != 1)
      throw std::runtime_error("cannot use the key " + keys.key.string() +
                               " with the certificate " + keys.certificate.string());
  }

  void bind_both(int wanted) {
    constexpr int tries_max = 20; // a port that is free on one address may be taken on the other
    for (int tries = 0; tries < tries_max; ++tries) {
      socket4_ = bound(AF_INET, wanted);
      if (socket4_ < 0)
        throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(wanted) + ": " +
                                 std::strerror(errno));
      port_ = port_of(socket4_);
      socket6_ = bound(AF_INET6, port_);
      if (socket6_ >= 0 || errno != EADDRINUSE) return;
      ::close(socket4_);
      socket4_ = -1;
      if (wanted != 0) break;
    }
    throw std::runtime_error("cannot listen on [::1]:" + std::to_string(port_) + ": in use");
  }

  void route() {
    const auto answer = [this](const httplib::Request& in, httplib::Response& out) {
      translate(door_(translated(in)), out);
    };
    // Every path is rewritten to "/" before httplib routes (see below): the door reads the target.
    Get("/", answer);
    Post("/", answer);
    Put("/", answer);
    Patch("/", answer);
    Delete("/", answer);
    Options("/", answer);
    set_keep_alive_max_count(requests_per_connection_max);
    set_keep_alive_timeout(idle_ms_max / 1000 / 2); // what is announced; we wait longer
    set_payload_max_length(body_bytes_max);
    set_exception_handler([](const httplib::Request&, httplib::Response& out, std::exception_ptr) {
      out.status = 500;
      out.set_content("the emulator failed; its standard error says more\n", "text/plain");
    });
  }

  void accept_all() {
    pollfd watched[] = {{wake_, POLLIN, 0}, {socket4_, POLLIN, 0}, {socket6_, POLLIN, 0}};
    const nfds_t count = socket6_ >= 0 ? 3 : 2;
    for (;;) {
      if (::poll(watched, count, -1) < 0 && errno != EINTR) return;
      if (watched[0].revents != 0) return;
      for (nfds_t i = 1; i < count; ++i)
        if (watched[i].revents != 0)
          admit(::accept4(watched[i].fd, nullptr, nullptr, SOCK_CLOEXEC));
    }
  }

  void admit(int socket) {
    if (socket < 0) return;
    {
      const std::scoped_lock lock(mutex_);
      if (open_.size() >= connections_max) {
        ::close(socket);
        return;
      }
      open_.insert(socket);
      ++threads_;
    }
    std::thread([this, socket] {
      serve(socket);
      const std::scoped_lock lock(mutex_);
      --threads_;
      fewer_.notify_all(); // under the lock: the floor may be gone right after it
    }).detach();
  }

  void serve(int socket) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{io_seconds_max, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    TlsStream stream(socket, context_.get(), patience_);
    stream_here = &stream;
    if (admits_() && stream.handshake()) converse(stream);
    stream_here = nullptr;
    // Forgotten before it is closed, so that stop_all never shuts a number that was given again.
    const std::scoped_lock lock(mutex_);
    open_.erase(socket);
  }

  void converse(TlsStream& stream) {
    bool closed = false;
    while (!closed && stream.request_begins(wake_, idle_ms_max)) {
      const bool answered = process_request(stream, false, closed, [](httplib::Request& request) {
        request.path = "/";
        gzip_here = request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos;
        if (request.method != "GET" && !request.has_header("Content-Length") &&
            !request.has_header("Transfer-Encoding"))
          request.set_header("Content-Length", "0"); // an empty body; httplib would refuse it
        request.headers.erase("Accept-Encoding");    // httplib would prefer brotli; Intuit has gzip
      });
      if (!answered) break;
    }
    stream.close_properly();
  }

  Door door_;
  std::function<bool()> admits_;
  Patience& patience_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  int port_ = 0, socket4_ = -1, socket6_ = -1, wake_ = -1;
  std::thread acceptor_;
  std::mutex mutex_;
  std::condition_variable fewer_;
  std::set<int> open_;
  size_t threads_ = 0;
};

Listener::Listener(int port, const KeyPair& keys, Door door, std::function<bool()> admits,
                   Patience& patience)
    : floor_(std::make_unique<Floor>(port, keys, std::move(door), std::move(admits), patience)) {}
Listener::~Listener() = default;
int Listener::port() const {
  return floor_->port();
}
void Listener::begin() {
  floor_->begin();
}
void Listener::stop() {
  floor_->stop_all();
}

} // namespace emulator::server
