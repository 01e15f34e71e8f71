#pragma once

#include "delivery/delivery.hpp"
#include "eventlog/event_log.hpp"
#include "home/folders.hpp"
#include "instances/instances.hpp"
#include "plugins/registry.hpp"
#include "plugins/trials.hpp"
#include "services/attributes.hpp"
#include "services/log.hpp"
#include "services/notices.hpp"
#include "settings/host_settings.hpp"
#include "store/database.hpp"

namespace host {

// Everything the owner of a home has, in the order in which it is built. All commands go through
// it, those of this process and those that came over the socket; every part may be used by any
// thread.
class Host {
 public:
  // The caller holds the owner lock.
  static Outcome<std::unique_ptr<Host>> open(const home::Folders& folders);

  // Stops every plugin; what is unfinished is durable.
  void end();

  const home::Folders folders;

 private:
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<settings::HostSettings> host_settings_;
  Host(const home::Folders& folders, std::unique_ptr<store::Database> database,
       std::unique_ptr<settings::HostSettings> host_settings);

 public:
  services::Log log;
  services::Notices notices;
  services::Attributes attributes;
  settings::HostSettings& host_settings;
  plugins::Registry registry;
  plugins::Trials trials;
  eventlog::EventLog events;
  instances::Instances instances;
  delivery::Delivery delivery;
  instances::Turn changing; // which versions of plugins there are
};

} // namespace host
