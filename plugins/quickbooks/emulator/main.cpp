#include "front.hpp"
#include "server/certificate.hpp"
#include "server/listener.hpp"
#include "server/options.hpp"
#include "state/durable_file.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>

namespace {

using namespace emulator;

// Held back in every thread, and waited for in this one.
sigset_t farewell_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  return set;
}

oauth::Decision auto_consent(const std::string& company, gateway::Companies& companies,
                             Region region) {
  if (!oauth::company_meant(control::choices(companies), company))
    std::fprintf(stderr, "qbo-emulator: made the company %s\n",
                 companies.add(company, region, false).name.c_str());
  return {oauth::Decision::By::always_connect, company};
}

int run(const server::Options& options) {
  const sigset_t farewell = farewell_signals();
  std::filesystem::create_directories(options.state);
  const state::FolderLock lock(options.state);
  state::Clock clock(options.state / "clock.json", options.virtual_clock
                                                       ? state::Clock::Kind::standing
                                                       : state::Clock::Kind::real);
  gateway::Companies companies(options.state, options.region, options.disputed);
  oauth::Connections connections(options.state / "oauth.json");
  const auto tls = options.state / "tls";
  const auto keys = options.tls_certificate
                        ? server::KeyPair{*options.tls_certificate, *options.tls_key}
                        : server::own_key_pair(tls);
  std::filesystem::create_directories(tls);
  oauth::IdTokenSigner signer(tls / "id_token.key.pem");
  oauth::Consent consent(connections, [&] { return control::choices(companies); });
  if (options.auto_consent)
    consent.decide(auto_consent(*options.auto_consent, companies, options.region));
  oauth::Endpoints endpoints(connections, consent, signer);
  gateway::Counts counts;
  gateway::Throttle throttle(options.throttled);
  if (options.disputed.is("burst", "at_once")) throttle.count_at_once();
  if (options.disputed.is("old_refresh_token", "alive"))
    connections.set_grace(oauth::former_value_alive);
  if (options.disputed.is("second_consent", "adds")) connections.let_consents_add();
  server::Patience patience;
  mischief::Mischief mischief(patience);
  control::RequestLog log;
  const control::Panel panel{clock,   companies, counts,   throttle, connections,
                             consent, endpoints, mischief, log};
  control::Control control(panel);
  gateway::Gateway gateway(connections, companies, throttle, counts, clock);
  Front front(control, gateway, panel, patience, options.latency);

  server::Listener listener(
      options.port, keys, [&](const server::Request& request) { return front.answer(request); },
      [&] { return mischief.admits_connection(); }, patience);
  const auto port = std::to_string(listener.port());
  const std::string base_url = "https://127.0.0.1:" + port;
  endpoints.serve_at(base_url);
  control.serve_at(base_url);
  listener.begin();
  std::printf("ready %s\n", base_url.c_str());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&farewell, &signal);
  listener.stop();
  companies.save();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto options = server::options_from(argc, argv, exit_code);
  if (!options) return exit_code;
  try {
    return run(*options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "qbo-emulator: %s\n", error.what());
    return 1;
  }
}
