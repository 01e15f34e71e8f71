#pragma once

#include "tls_peer/certificate.hpp"
#include "tls_peer/stream.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace tls_peer {

// What one connection does; runs on a thread of its own. When it returns the connection closes.
using Play = std::function<void(Stream&)>;
// Answers requests until the other side goes away.
Play serving(std::function<std::string(const Request&)> answer_to);

struct Options {
  bool tls = true;                // false: `play` sees the bytes of the handshake, if any come
  int version_max = 0;            // e.g. TLS1_1_VERSION; 0: any
  const char* host = "127.0.0.1"; // or "::1"
};

// Listens on a free port of this computer until it goes away.
class Peer {
 public:
  Peer(Identity identity, Play play, Options options = {});
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  int port() const { return port_; }
  // https://localhost:PORT + path
  std::string url(const std::string& path = "/", const std::string& host = "localhost") const;
  int connections() const { return connections_; } // made, encrypted or not
  int encrypted() const { return encrypted_; }     // handshakes that were finished

 private:
  void listen_on(const char* host);
  void accept_all();
  void serve(int fd);
  Identity identity_;
  Play play_;
  Options options_;
  SSL_CTX* context_ = nullptr;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0}, encrypted_{0};
  std::mutex mutex_;
  std::set<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

} // namespace tls_peer
