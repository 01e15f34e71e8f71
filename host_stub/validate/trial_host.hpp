#pragma once

#include "erp/erp.h"
#include "validate/subject.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace host::validate {

// Where the instance is in its life; the host knows, since it makes the calls.
enum class Stage { made, creating, created, active, stopping, deactivated, destroyed };

// What a plugin may not do with its host; each check looks at the kinds that are its own.
enum class Breach {
  unknown_ctx,   // a host_ctx that no host handed out
  foreign_ctx,   // another instance's host_ctx
  outside_call,  // from a thread that is in no call of the plugin's
  in_quick_call, // of a [may-block] service, from a [quick] function
  while_created, // from create()
  after_end      // after deactivate() had returned
};

// The host that the checks offer: keeps all the services in memory, writes down what it was told,
// and looks at each call's host_ctx (which points nowhere), thread and moment. Services: any
// thread. Everything else: the check's own thread.
class TrialHost {
 public:
  TrialHost(const Subject& subject, std::string instance_id, std::filesystem::path data_dir);
  TrialHost(const TrialHost&) = delete;
  TrialHost& operator=(const TrialHost&) = delete;

  erp_host_ctx* ctx() const { return ctx_; }
  const std::string& instance_id() const { return instance_id_; }
  const std::filesystem::path& data_dir() const { return data_dir_; }
  // Runs a call into the plugin, so that the calls it makes are known for this instance's.
  void inside(const std::function<void()>& call);
  // The same of a function that is [quick].
  void inside_quick(const std::function<void()>& call);
  void enter(Stage stage) { stage_ = stage; }
  Stage stage() const { return stage_; }

  void withhold(const std::string& service) { withheld_.insert(service); }
  // The settings as a plugin reads them. A name in `secrets` stands as "set", its value lies with
  // the secrets under "setting/<name>".
  void use_settings(std::map<std::string, std::string> settings,
                    const std::set<std::string>& secrets);
  std::string settings_json() const;
  // From now on a secret of any name is there, and this is its value.
  void answer_every_secret(const std::string& value);

  // Log lines with their fields, notices and jobs asked for: all that a person might read.
  std::string said() const;
  // Values that must stay secret: the secret settings, and what the plugin itself kept as secret.
  std::vector<std::string> secret_values() const;
  std::size_t call_count() const { return call_count_; }

  // --- the services; for services.cpp -------------------------------------------------------
  bool is_withheld(const std::string& service) const { return withheld_.count(service) != 0; }
  void count_call() { ++call_count_; }
  void hear(const std::string& text);
  struct Secret {
    std::string value;
    std::uint64_t version = 0;
  };
  std::mutex& mutex() const { return mutex_; }
  std::map<std::string, Secret> secrets; // under mutex()
  std::optional<Secret> any_secret;      // likewise: of every name that is not in there

 private:
  std::string instance_id_;
  std::filesystem::path data_dir_;
  erp_host_ctx* ctx_;
  std::atomic<Stage> stage_{Stage::made};
  std::atomic<std::size_t> call_count_{0};
  std::set<std::string> withheld_;
  std::map<std::string, std::string> settings_;
  mutable std::mutex mutex_;
  std::string said_;
  std::set<std::string> kept_secret_;

 public:
  void keep_secret(const std::string& value); // under mutex()
};

const erp_host& trial_host_table();
const std::vector<std::string>& trial_services(); // the ids of all that is offered

// The host of a call, having looked at the circumstances; null if nobody knows `ctx`.
enum class Lasts { quick, may_block }; // the duration tag of the service's function
TrialHost* host_of(erp_host_ctx* ctx, const char* what, Lasts lasts = Lasts::quick);
struct Breached {
  Breach kind;
  std::string text;
};
std::vector<Breached> breaches();

} // namespace host::validate
