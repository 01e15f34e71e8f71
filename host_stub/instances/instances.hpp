#pragma once

#include "home/folders.hpp"
#include "instances/instance.hpp"
#include "plugins/registry.hpp"
#include "plugins/trials.hpp"
#include "settings/host_settings.hpp"

#include <map>
#include <set>

namespace host::instances {

// The instances of this process, at most one a plugin. Any thread.
class Instances {
 public:
  // `services`: the parts that all plugins share. Everything must outlive this.
  Instances(const home::Folders& folders, plugins::Registry& registry, plugins::Trials& trials,
            const settings::HostSettings& host_settings, const erp_host_ctx& services);

  // Created at least: good for its settings.
  Outcome<std::shared_ptr<Instance>> created(const std::string& id);
  // Enabled and active. ERP_E_CONFIG: it is disabled, or a setting keeps it from starting.
  Outcome<std::shared_ptr<Instance>> active(const std::string& id);
  // Activates whether or not it is written down as enabled.
  Outcome<std::shared_ptr<Instance>> activate(const std::string& id);

  // While one is held nobody but its holder gets at the plugin, and nothing of it is in memory.
  class Hold {
   public:
    Hold(Hold&& other) noexcept
        : instances_(std::exchange(other.instances_, nullptr)), id_(std::move(other.id_)) {}
    Hold& operator=(Hold&&) = delete;
    ~Hold() {
      if (instances_) instances_->release(id_);
    }
    void until_the_process_ends() { instances_ = nullptr; }

   private:
    friend class Instances;
    Hold(Instances* instances, std::string id) : instances_(instances), id_(std::move(id)) {}
    Instances* instances_;
    std::string id_;
  };
  // Stops it first, as drop(). ERP_E_RETRY_LATER: somebody else holds it.
  Outcome<Hold> hold(const std::string& id, erp_instant deadline);
  // The holder's own activate().
  Outcome<std::shared_ptr<Instance>> activate(const Hold& hold);
  // No: it was dropped in the meantime, and its settings may be somebody else's to write.
  bool is_current(const std::shared_ptr<Instance>& instance);

  // Stops it and forgets it. ERP_E_TIMEOUT: somebody was inside still.
  Outcome<void> drop(const std::string& id, erp_instant deadline);
  // Of all; nothing is activated any more from now on.
  void ask_all_to_stop(erp_instant deadline);
  void end_all(erp_instant deadline);

 private:
  Outcome<std::shared_ptr<Instance>> create(const std::string& id);
  Outcome<std::shared_ptr<Instance>> find_or_create(const std::string& id);
  Outcome<std::shared_ptr<Instance>> find_or_activate(const std::string& id);
  Outcome<void> not_held(const std::string& id);
  Instance::BeforeUse before_use_of(const std::string& id);
  void release(const std::string& id);
  Outcome<std::shared_ptr<Instance::Belongings>> belongings_of(const std::string& id);
  std::shared_ptr<Instance> find(const std::string& id);
  std::map<std::string, std::shared_ptr<Instance>> everything();

  const home::Folders folders_;
  plugins::Registry& registry_;
  plugins::Trials& trials_;
  const settings::HostSettings& host_settings_;
  const erp_host_ctx services_;
  Turn opening_; // creating and activating, so that two commands do not both do it
  std::mutex mutex_;
  bool ending_ = false;
  std::set<std::string> held_;
  std::map<std::string, std::shared_ptr<Instance>> instances_;
  std::map<std::string, std::shared_ptr<Instance::Belongings>> belongings_;
  std::map<std::string, std::string> loaded_digests_; // by library, of what this process has mapped
};

} // namespace host::instances
