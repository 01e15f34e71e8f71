#pragma once

#include "scene.hpp"
#include "tls_peer/peer.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace fault_matrix {

// Stands between the plugin and QuickBooks: takes each request, hands it on, and may spoil the
// answer to one kind of call, once. Its certificate is good.
class Meddler {
 public:
  struct Answer {
    int status = 0;
    std::string body;
  };
  // What leaves instead of the answer; nothing: the connection is reset.
  using Spoil = std::function<std::string(const Answer&)>;
  // `path`: the spoilt call's, behind the company. `before`: QuickBooks never sees that call.
  Meddler(const Scene& scene, std::string path, bool before, Spoil spoil);

  int port() const { return peer_->port(); }
  int spoilt() const { return spoilt_; }

 private:
  void serve(tls_peer::Stream& stream);
  const std::string quickbooks_, ca_file_, path_;
  const bool before_;
  const Spoil spoil_;
  std::atomic<int> spoilt_{0};
  std::unique_ptr<tls_peer::Peer> peer_; // last: it stops before what it stands on goes away
};

} // namespace fault_matrix
