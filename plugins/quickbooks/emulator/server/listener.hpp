#pragma once
#include "server/certificate.hpp"
#include "server/exchange.hpp"
#include "server/patience.hpp"

#include <functional>
#include <memory>

namespace emulator::server {

// HTTPS on 127.0.0.1 and, where the machine has it, ::1: never on another address.
// One thread a connection; the door is called on those threads, several at once.
class Listener {
 public:
  // Binds, and takes connections from begin() on. `port` 0 picks a free one. `admits` is asked once
  // a connection, before the TLS handshake; false cuts it there. Throws std::runtime_error when the
  // port or the key pair cannot be used.
  Listener(int port, const KeyPair& keys, Door door, std::function<bool()> admits,
           Patience& patience);
  ~Listener(); // stops
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const;
  // Once. What the door needs to know about the port has to be told it before.
  void begin();
  // Takes no more connections, lets running requests finish for a few seconds, then cuts them.
  void stop();

 private:
  class Floor;
  std::unique_ptr<Floor> floor_;
};

} // namespace emulator::server
