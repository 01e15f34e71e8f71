#include "host.hpp"

#include "home/files.hpp"
#include "plugins/install.hpp"
#include "plugins/trial.hpp"
#include "services/clock.hpp"

namespace host {
namespace {

constexpr std::int64_t stop_time_us = 10 * services::us_per_s;

erp_host_ctx shared_services(services::Log& log, services::Notices& notices,
                             services::Attributes& attributes) {
  erp_host_ctx ctx;
  ctx.log = &log;
  ctx.notices = &notices;
  ctx.attributes = &attributes;
  return ctx;
}

} // namespace

Host::Host(const home::Folders& where, std::unique_ptr<store::Database> database,
           std::unique_ptr<settings::HostSettings> own_settings)
    : folders(where), database_(std::move(database)), host_settings_(std::move(own_settings)),
      log(folders.logs()), notices(*database_), attributes(folders), host_settings(*host_settings_),
      registry(*database_), trials(*database_), events(*database_),
      instances(folders, registry, trials, host_settings,
                shared_services(log, notices, attributes)),
      delivery(events, notices, log) {}

Outcome<std::unique_ptr<Host>> Host::open(const home::Folders& folders) {
  auto database = store::Database::open(folders.database());
  if (!database) return tl::make_unexpected(database.error());
  auto host_settings = settings::HostSettings::open(folders);
  if (!host_settings) return tl::make_unexpected(host_settings.error());
  for (const auto& folder :
       {folders.root, folders.secrets(), folders.settings(), folders.keys(), folders.marketplace()})
    home::remove_unfinished(folder);
  plugins::sweep_staging(folders);
  std::unique_ptr<Host> host(new Host(folders, std::move(*database), std::move(*host_settings)));
  if (auto finished = plugins::finish_interrupted(*host); !finished)
    return tl::make_unexpected(finished.error());
  return host;
}

void Host::end() {
  instances.end_all(services::now_us() + stop_time_us);
  trials.leave_in_order();
}

} // namespace host
