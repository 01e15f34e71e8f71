#include "cli/withdrawals.hpp"

#include "erp/services/notice.h"
#include "services/clock.hpp"

namespace host::cli {
namespace {

constexpr const char* notice_key = "marketplace/withdrawn";
constexpr std::int64_t stop_time_us = 10 * services::us_per_s;

std::vector<plugins::Revoked> flat(const marketplace::Index& index) {
  std::vector<plugins::Revoked> all;
  for (const marketplace::Revocation& one : index.revoked) {
    if (one.versions.empty()) all.push_back({one.id, "", one.reason});
    for (const std::string& version : one.versions)
      if (!version.empty()) all.push_back({one.id, version, one.reason});
  }
  return all;
}

// False: it did not stop in time.
bool withdraw(const Session& session, const plugins::Installed& plugin, const std::string& reason) {
  const std::string what = plugin.id + " " + plugin.version;
  const std::string text = "The marketplace withdrew " + what + ": " + reason + " " +
                           (plugin.enabled ? "It was disabled. " : "It cannot be enabled. ") +
                           "What waits in it stays. Look for another version: marketplace show " +
                           plugin.id;
  session.host.notices.raise({plugin.id, notice_key, ERP_NOTICE_ACTION_NEEDED,
                              what + " was withdrawn by the marketplace", text,
                              services::now_us()});
  session.host.log.write(services::Level::warning, plugin.id, "withdrawn: " + reason);
  session.terminal.out(terminal::shown(text) + "\n");
  session.host.registry.set_enabled(plugin.id, false);
  const auto dropped = session.host.instances.drop(plugin.id, services::now_us() + stop_time_us);
  if (!dropped) session.complain(dropped.error().message);
  return dropped.has_value();
}

} // namespace

int withdraw_revoked(const Session& session, const marketplace::Index& index) {
  session.host.registry.replace_revocations(flat(index));
  bool all_stopped = true;
  for (const plugins::Installed& plugin : session.host.registry.list()) {
    if (const auto reason = index.revoked_because(plugin.id, plugin.version))
      all_stopped = withdraw(session, plugin, *reason) && all_stopped;
    else
      clear_withdrawal(session, plugin.id);
  }
  return all_stopped ? exit_ok : exit_failed;
}

void clear_withdrawal(const Session& session, const std::string& id) {
  session.host.notices.clear(id, notice_key);
}

} // namespace host::cli
