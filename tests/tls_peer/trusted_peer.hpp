#pragma once

#include "process/temporary_folder.hpp"
#include "tls_peer/peer.hpp"

namespace tls_peer {

// A peer with a good certificate, and the file of the authority that vouches for it.
class TrustedPeer {
 public:
  explicit TrustedPeer(Play play, const Wishes& wishes = {}, Options options = {})
      : authority_(make_authority()),
        peer(make_identity(&authority_, wishes), std::move(play), options) {
    process::write_text(folder_ / "ca.pem", authority_.pem());
  }
  std::string ca_file() const { return folder_ / "ca.pem"; }

 private:
  process::TemporaryFolder folder_;
  Identity authority_;

 public:
  Peer peer; // last: it stops before what it stands on goes away
};

} // namespace tls_peer
