#include "machine.h"
#include "meddler.hpp"
#include "rows.hpp"
#include "run.hpp"

#include <openssl/ssl.h>

namespace fault_matrix {
namespace {

// No byte of a request gets out while the network is so; however long it lasts, nobody is asked to
// act on a document, and all goes out afterwards.
void goes_out_once_the_network_is_back(Run& run, int how) {
  run.lose_network(how);
  run.tell();
  const Instant began = run.scene.host.now();
  const std::string words = run.step().said.words;
  run.expect(run.scene.host.now() - began < 30 * 1'000'000LL,
             "a connection that is not made is waited for too long");
  run.work(120);
  run.expect(machine_connections() > 0, "no connection was tried: " + words);
  const std::int64_t before = run.scene.last_request();
  const Delivered done = run.step();
  run.expect(done.waiting > 0, "nothing waits without a network");
  run.expect(run.scene.last_request() == before, "QuickBooks was reached without a network");
  run.expect(done.blocked == 0, "somebody is asked to act on a document");
}

void n1(Run& run) {
  goes_out_once_the_network_is_back(run, run.draw(2) == 0 ? names_unknown : names_late);
}

void n2(Run& run) {
  constexpr int hows[] = {connections_refused, network_unreachable, network_silent};
  goes_out_once_the_network_is_back(run, hows[run.draw(3)]);
}

// Somebody whom nobody vouches for answers in QuickBooks' place.
void n3(Run& run) {
  const Scene& scene = run.scene;
  const auto unknown = tls_peer::make_authority();
  tls_peer::Identity identity;
  tls_peer::Options options;
  switch (run.draw(5)) {
  case 0:
    identity =
        tls_peer::make_identity(&scene.authority, {.valid_from_s = -7200, .valid_until_s = -3600});
    break;
  case 1:
    identity = tls_peer::make_identity(&scene.authority, {.names = {"DNS:books.example.com"}});
    break;
  case 2:
    identity = tls_peer::make_identity(run.draw(2) == 0 ? nullptr : &unknown);
    break;
  case 3:
    identity = tls_peer::make_identity(&scene.authority);
    options.version_max = TLS1_1_VERSION;
    break;
  default:
    identity = tls_peer::make_identity(&scene.authority);
    options.tls = false; // the handshake breaks off
  }
  std::atomic<int> requests{0};
  const tls_peer::Peer stranger(
      identity,
      [&, breaks_off = !options.tls](tls_peer::Stream& stream) {
        if (breaks_off)
          stream.reset();
        else if (stream.next_request())
          ++requests;
      },
      options);
  run.lose_network(network_elsewhere, stranger.port());
  run.tell();
  run.step();
  run.work(30);
  run.expect(stranger.connections() > 0, "the stranger was not met");
  run.expect(requests == 0, "a stranger was sent a request");
  run.expect_no_issue();
  machine_is_well();
}

// The connection is made, and ends before the request has left whole.
void n4(Run& run) {
  const Meddler meddler(run.scene, run.errand.path, true,
                        [](const Meddler::Answer&) { return std::string(); });
  if (run.cell.point == Point::second) run.bring_to_the_second_try();
  machine_network(network_elsewhere, 1, meddler.port());
  if (run.cell.point != Point::second) run.tell();
  run.work();
  run.expect(meddler.spoilt() == 1, "no call met the reset");
  machine_is_well();
}

} // namespace

std::vector<Row> network_rows() {
  return {
      {"N1", "no name resolves", "the resolver answers NXDOMAIN or \"try again\"",
       "it waits; no document becomes somebody's matter", sending, all_operations, n1},
      {"N2", "no connection", "refused, unreachable, or never made",
       "as N1; a connection that is not made is given up after ten seconds", sending,
       all_operations, n2},
      {"N3", "TLS that must not be believed",
       "expired, of another name, vouched for by nobody, TLS 1.1, broken off",
       "refused; the stranger gets no byte of a request", sending, all_operations, n3},
      {"N4", "reset before QuickBooks has the request", "a middleman resets the connection",
       "sent again under the same id", sending, all_operations, n4},
  };
}

} // namespace fault_matrix
