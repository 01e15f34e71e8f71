#pragma once

#include "erp/erp.h"
#include "instances/turn.hpp"
#include "loader/library.hpp"
#include "outcome/problem.hpp"
#include "secrets/secret_store.hpp"
#include "services/agenda.hpp"
#include "services/host_ctx.hpp"
#include "settings/settings.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace host::instances {

struct Identity {
  std::string company_name, environment, data_folder;
};

// A plugin's instance from create() to destroy(). Created: answers settings only. Active: answers
// everything. Calls may come from any thread; those the interface calls serial take turns here.
class Instance : public std::enable_shared_from_this<Instance> {
 public:
  // Asked before the first use of an instance, that is before anything may happen that cannot be
  // taken back: a hook, a job, a command, a connection, a changed setting. False: not now. Until
  // it was asked the instance begins and ends without network. Empty: nobody asks.
  using BeforeUse = std::function<bool()>;

  // What belongs to the plugin whether or not it runs: one of them in a process.
  struct Belongings {
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<settings::Settings> settings;
  };

  static Outcome<std::shared_ptr<Instance>> create(const loader::Loaded& loaded,
                                                   const Identity& identity,
                                                   std::shared_ptr<Belongings> belongings,
                                                   const erp_host_ctx& services,
                                                   BeforeUse before_use = {});
  ~Instance(); // destroys; after end() where it was active
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // ERP_E_TIMEOUT: it did not come back; left alone then until the process ends.
  Outcome<void> activate();
  bool is_active();
  // Asks the plugin to stop: hooks are refused, a running job returns. Does not wait for callers.
  void ask_to_stop(erp_instant deadline);
  // Stops, waits until nobody is inside or the deadline, deactivates. False: somebody is inside
  // still; the instance must then be left alone until the process ends.
  bool end(erp_instant deadline);

  // While one is held the instance stays active. Empty: it is being stopped.
  class Entry {
   public:
    Entry() = default;
    Entry(Entry&& other) noexcept : instance_(std::exchange(other.instance_, nullptr)) {}
    Entry& operator=(Entry&&) = delete;
    ~Entry();
    explicit operator bool() const { return instance_; }

   private:
    friend class Instance;
    explicit Entry(Instance* instance) : instance_(instance) {}
    Instance* instance_ = nullptr;
  };
  Entry enter();

  const std::string& id() const { return loaded_.id; }
  erp_instance* c() const { return instance_; }
  // Null: not offered.
  template <class Table>
  const Table* table(const char* interface_id) const {
    return static_cast<const Table*>(loaded_.plugin->get_interface(instance_, interface_id));
  }

  Turn& serial() { return serial_; }     // of what the interface calls serial
  Turn& jobs() { return jobs_; }         // a person's connect does not wait for them
  Turn& delivery() { return delivery_; } // of handing over events
  services::Agenda& agenda() { return agenda_; }
  secrets::SecretStore& secrets() { return *belongings_->secrets; }
  const settings::Settings& settings() const { return *belongings_->settings; }
  // As settings::Settings::replace(). The caller has the turn serial().
  Outcome<void> change_settings(const settings::Values& plain,
                                const settings::Values& secret_changes);

 private:
  Instance(const loader::Loaded& loaded, std::shared_ptr<Belongings> belongings,
           const erp_host_ctx& services, BeforeUse before_use);
  bool may_be_used();
  // Calls the plugin at its beginning or end; false: it did not come back, or was not called.
  bool call_quietly(std::function<void()> call);

  const loader::Loaded loaded_;
  const std::shared_ptr<Belongings> belongings_;
  services::Agenda agenda_;
  erp_host_ctx ctx_;
  erp_instance* instance_ = nullptr;
  Turn serial_, jobs_, delivery_;
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0;
  bool active_ = false, stopping_ = false;
  std::atomic<bool> abandoned_{false};
  std::mutex use_mutex_;
  const BeforeUse before_use_;
  bool used_ = false;
};

} // namespace host::instances
