#pragma once

#include "erp/erp.h"
#include "instances/turn.hpp"
#include "loader/library.hpp"
#include "outcome/problem.hpp"
#include "secrets/secret_store.hpp"
#include "services/agenda.hpp"
#include "services/host_ctx.hpp"
#include "settings/settings.hpp"

#include <memory>
#include <optional>
#include <string>

namespace host::instances {

struct Identity {
  std::string company_name, environment, data_folder;
};

// A plugin's instance from create() to destroy(). Created: answers settings only. Active: answers
// everything. Calls may come from any thread; those the interface calls serial take turns here.
class Instance {
 public:
  // What belongs to the plugin whether or not it runs: one of them in a process.
  struct Belongings {
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<settings::Settings> settings;
  };

  static Outcome<std::shared_ptr<Instance>> create(const loader::Loaded& loaded,
                                                   const Identity& identity,
                                                   std::shared_ptr<Belongings> belongings,
                                                   const erp_host_ctx& services);
  ~Instance(); // destroys; after end() where it was active
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  Outcome<void> activate();
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
  settings::Settings& settings() { return *belongings_->settings; }

 private:
  Instance(const loader::Loaded& loaded, std::shared_ptr<Belongings> belongings,
           const erp_host_ctx& services);

  const loader::Loaded loaded_;
  const std::shared_ptr<Belongings> belongings_;
  services::Agenda agenda_;
  erp_host_ctx ctx_;
  erp_instance* instance_ = nullptr;
  Turn serial_, jobs_, delivery_;
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0;
  bool active_ = false, stopping_ = false, abandoned_ = false;
};

} // namespace host::instances
