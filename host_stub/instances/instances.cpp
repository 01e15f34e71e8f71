#include "instances/instances.hpp"

#include "home/files.hpp"
#include "plugins/integrity.hpp"
#include "plugins/snapshot.hpp"
#include "services/clock.hpp"
#include "services/log.hpp"

namespace host::instances {

Instances::Instances(const home::Folders& folders, plugins::Registry& registry,
                     plugins::Trials& trials, const settings::HostSettings& host_settings,
                     const erp_host_ctx& services)
    : folders_(folders), registry_(registry), trials_(trials), host_settings_(host_settings),
      services_(services) {}

std::shared_ptr<Instance> Instances::find(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = instances_.find(id);
  return found == instances_.end() ? nullptr : found->second;
}

std::map<std::string, std::shared_ptr<Instance>> Instances::everything() {
  const std::lock_guard lock(mutex_);
  return instances_;
}

Outcome<std::shared_ptr<Instance::Belongings>> Instances::belongings_of(const std::string& id) {
  const auto found = belongings_.find(id);
  if (found != belongings_.end()) return found->second;
  auto made = std::make_shared<Instance::Belongings>();
  auto secrets = secrets::SecretStore::open(folders_, id);
  if (!secrets) return tl::make_unexpected(secrets.error());
  made->secrets = std::move(*secrets);
  auto settings = settings::Settings::open(folders_, id, *made->secrets);
  if (!settings) return tl::make_unexpected(settings.error());
  made->settings = std::move(*settings);
  belongings_[id] = made;
  return made;
}

// The caller has the turn `opening_`.
Outcome<std::shared_ptr<Instance>> Instances::create(const std::string& id) {
  const auto installed = registry_.need(id);
  if (!installed) return tl::make_unexpected(installed.error());
  if (const auto trial = trials_.find(id); trial && trial->step == plugins::Step::restoring)
    return problem("the data of " + id +
                       " are being put back after an upgrade; run any command of this host when "
                       "this process has ended, and it goes on with that",
                   ERP_E_RETRY_LATER);
  const auto library = folders_.plugins() / installed->library;
  if (const auto why = registry_.revoked_because(id, installed->version))
    return problem(id + " " + installed->version +
                       " was withdrawn by the marketplace and is not loaded: " + *why +
                       ". Look for another version: marketplace show " + id,
                   ERP_E_DENIED);
  if (auto intact = plugins::check_intact(folders_, *installed); !intact)
    return tl::make_unexpected(intact.error());
  const auto mapped = loaded_digests_.find(library.string());
  if (mapped != loaded_digests_.end() && mapped->second != installed->sha256)
    return problem("this process still has the former " + id + " " + installed->version +
                       " loaded; the new one runs as soon as this process has ended",
                   ERP_E_RETRY_LATER);
  const auto loaded = loader::load(library, services::host_table());
  if (!loaded) return tl::make_unexpected(loaded.error());
  loaded_digests_[library.string()] = installed->sha256;
  if (loaded->id != id)
    return problem(library.string() + " calls itself " + loaded->id, ERP_E_DENIED);
  auto belongings = belongings_of(id);
  if (!belongings) return tl::make_unexpected(belongings.error());
  const auto data = folders_.data_of(id);
  if (auto made = home::make_private_folder(data); !made) return tl::make_unexpected(made.error());
  const Identity identity{host_settings_.value("company_name"), host_settings_.value("environment"),
                          data.string()};
  erp_host_ctx services = services_;
  if (installed->permissions) services.granted = installed->permissions->services;
  return Instance::create(*loaded, identity, *belongings, services, before_use_of(id));
}

// A snapshot that may not be put back any more is of no use, and an old copy of secrets: it goes.
Instance::BeforeUse Instances::before_use_of(const std::string& id) {
  if (!trials_.find(id)) return {};
  return [this, id] {
    if (!trials_.use(id, services::now_us())) return false;
    plugins::discard_snapshot(folders_, id);
    return true;
  };
}

Outcome<std::shared_ptr<Instance>> Instances::find_or_create(const std::string& id) {
  if (auto there = find(id)) return there;
  auto made = create(id);
  if (!made) return made;
  const std::lock_guard lock(mutex_);
  if (ending_) return problem("this process is ending", ERP_E_SHUTTING_DOWN);
  instances_[id] = *made;
  return made;
}

Outcome<std::shared_ptr<Instance>> Instances::created(const std::string& id) {
  const Turn::Held turn(opening_);
  if (auto free = not_held(id); !free) return tl::make_unexpected(free.error());
  return find_or_create(id);
}

Outcome<std::shared_ptr<Instance>> Instances::active(const std::string& id) {
  const auto installed = registry_.need(id);
  if (!installed) return tl::make_unexpected(installed.error());
  if (!installed->enabled)
    return problem(id + " is disabled; run `plugins enable " + id + "`", ERP_E_CONFIG);
  return activate(id);
}

Outcome<std::shared_ptr<Instance>> Instances::activate(const std::string& id) {
  const Turn::Held turn(opening_);
  if (auto free = not_held(id); !free) return tl::make_unexpected(free.error());
  return find_or_activate(id);
}

Outcome<std::shared_ptr<Instance>> Instances::activate(const Hold& hold) {
  const Turn::Held turn(opening_);
  return find_or_activate(hold.id_);
}

Outcome<void> Instances::not_held(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (!held_.count(id)) return {};
  return problem(id + " is being upgraded or rolled back; events for it wait until that is done",
                 ERP_E_RETRY_LATER);
}

void Instances::release(const std::string& id) {
  const std::lock_guard lock(mutex_);
  held_.erase(id);
}

Outcome<Instances::Hold> Instances::hold(const std::string& id, erp_instant deadline) {
  {
    const Turn::Held turn(opening_);
    if (auto free = not_held(id); !free) return tl::make_unexpected(free.error());
    const std::lock_guard lock(mutex_);
    held_.insert(id);
  }
  Hold hold(this, id);
  const auto instance = find(id);
  if (auto dropped = drop(id, deadline); !dropped) return tl::make_unexpected(dropped.error());
  // Whoever changes its settings right now ends first; nobody begins.
  if (instance) {
    const Turn::Held turn(instance->serial());
  }
  const Turn::Held turn(opening_);
  belongings_.erase(id);
  return hold;
}

bool Instances::is_current(const std::shared_ptr<Instance>& instance) {
  return find(instance->id()) == instance;
}

// The caller has the turn `opening_`.
Outcome<std::shared_ptr<Instance>> Instances::find_or_activate(const std::string& id) {
  auto instance = find_or_create(id);
  if (!instance || (*instance)->is_active()) return instance;
  if (auto activated = (*instance)->activate(); !activated) {
    services_.log->write(services::Level::error, id,
                         "activate: " + (*instance)->secrets().scrubbed(activated.error().message));
    const std::lock_guard lock(mutex_);
    instances_.erase(id); // destroyed, as the interface wants it after a failed activate()
    return tl::make_unexpected(activated.error());
  }
  services_.log->write(services::Level::info, id, "active");
  return instance;
}

Outcome<void> Instances::drop(const std::string& id, erp_instant deadline) {
  const Turn::Held turn(opening_);
  const auto instance = find(id);
  if (!instance) return {};
  const bool ended = instance->end(deadline);
  const std::lock_guard lock(mutex_);
  instances_.erase(id);
  if (ended) return {};
  return problem(id + " did not stop in time; what it does ends with this process", ERP_E_TIMEOUT);
}

void Instances::ask_all_to_stop(erp_instant deadline) {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  for (const auto& [id, instance] : everything())
    instance->ask_to_stop(deadline);
}

void Instances::end_all(erp_instant deadline) {
  ask_all_to_stop(deadline);
  for (const auto& [id, instance] : everything()) {
    if (!instance->end(deadline))
      services_.log->write(services::Level::warning, id, "did not stop in time");
    const std::lock_guard lock(mutex_);
    instances_.erase(id);
  }
}

} // namespace host::instances
