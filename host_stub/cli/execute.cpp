#include "cli/session.hpp"
#include "plugins/trial.hpp"
#include "services/clock.hpp"

namespace host::cli {

int execute(const Session& session, const Command& command) noexcept {
  try {
    plugins::look_after_trials(session.host, services::now_us());
    return std::visit([&](const auto& one) { return perform(session, one); }, command);
  } catch (const std::exception& error) {
    try {
      session.complain(error.what());
      session.host.log.write(services::Level::error, "host", error.what());
    } catch (...) {
    }
    return exit_failed;
  }
}

} // namespace host::cli
