#pragma once

#include "erp/erp.h"
#include "validate/finding.hpp"
#include "validate/lent.hpp"
#include "validate/trial_host.hpp"

#include <string>
#include <vector>

namespace host::validate {

// The library in this process, mapped for good. Skips the check if it cannot be loaded, which is
// load-clean's to tell.
void* open_library(const Subject& subject);
erp_plugin_entry_v1_fn entry_of(void* library);
// What the entry answers to the trial host. Skips if it refuses, which is entry-pure's to tell.
const erp_plugin& plugin_of(const Subject& subject);

// The words of a failure, for a person: "ERP_E_INVALID: ...".
std::string words_of(erp_status status, const erp_error& error);

// One instance of the plugin in the hands of one trial host. Owns neither.
class Instance {
 public:
  Instance(const erp_plugin& plugin, TrialHost& host) : plugin_(plugin), host_(host) {}
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // With `lent`, the configuration lies in lent memory.
  erp_status create(erp_error* error, Lent* lent = nullptr);
  erp_status activate(erp_error* error);
  erp_status stop(erp_instant deadline, erp_error* error);
  void deactivate();
  void destroy();

  // create() that must work; gives the host the settings of the subject, and the plugin's schema a
  // look for which of them are secret.
  void create_or_skip(const Subject& subject);
  // ... and activate(). Skips with the plugin's reason if it declines: without its settings a
  // plugin may.
  void start_or_skip(const Subject& subject);
  // stop, deactivate, destroy
  void end();

  erp_instance* raw() const { return raw_; }
  TrialHost& host() const { return host_; }
  const void* table(const std::string& id) const;
  template <class Table>
  const Table* table_of(const char* id) const {
    return static_cast<const Table*>(table(id));
  }
  // The secret names in the plugin's schema; empty if it has none.
  std::set<std::string> secret_settings() const;
  std::string schema() const; // empty: it offers no erp.settings/1

 private:
  const erp_plugin& plugin_;
  TrialHost& host_;
  erp_instance* raw_ = nullptr;
};

// An instant so many milliseconds from now.
erp_instant in_ms(std::int64_t ms);
// The ids of all interfaces there are in version 1.0.
const std::vector<std::string>& interface_ids();

} // namespace host::validate
