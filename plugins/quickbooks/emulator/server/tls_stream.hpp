#pragma once
#include "server/exchange.hpp"
#include "server/patience.hpp"

#include <array>
#include <httplib.h>
#include <memory>
#include <openssl/ssl.h>

namespace emulator::server {

// One accepted connection as httplib wants to see it, with the means to end an answer badly.
class TlsStream : public httplib::Stream {
 public:
  TlsStream(int socket, SSL_CTX* context, Patience& patience);
  ~TlsStream() override; // closes the socket
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  bool handshake();
  // True when a request begins, false when the peer left, `wake` became readable or time ran out.
  bool request_begins(int wake, int idle_ms_max);
  void end_answers_with(const Ending& ending);
  // Says goodbye properly unless the connection was cut.
  void close_properly();

  bool is_readable() const override;
  bool is_writable() const override { return !cut_; }
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  ssize_t send(const char* from, size_t size);
  ssize_t write_truncated(const char* from, size_t size);
  ssize_t write_dripping(const char* from, size_t size);
  void cut();

  int socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  Patience& patience_;
  Ending ending_;
  bool head_sent_ = false; // of the answer that `ending_` speaks of
  bool cut_ = false;
  std::array<char, 16384> held_{}; // httplib reads heads byte by byte
  size_t held_from_ = 0, held_to_ = 0;
};

} // namespace emulator::server
