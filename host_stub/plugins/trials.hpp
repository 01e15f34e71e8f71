#pragma once

#include "plugins/registry.hpp"

namespace host::plugins {

// How far an upgrade has come that is not settled yet.
enum class Step {
  activating, // written down as the plugin's version; nobody may use it before it is on trial
  trial,      // people and events may use it
  restoring   // it was never used; the snapshot is being put back
};

struct Trial {
  std::string plugin;
  Step step = Step::activating;
  std::int64_t used_at = 0;       // when it was first used, microseconds since 1970; 0: never
  std::int64_t hard_ends = 0;     // processes that ended in the middle of using it
  std::int64_t events = 0;        // that it was handed first
  std::int64_t failed_events = 0; // of them, those it failed on
  bool stays = false;             // a way back was looked for, and there is none
};

// Which version a plugin had before, and how the one it has now is doing. Each change is one
// transaction, so that a process that is killed leaves the state before it or the one after it.
// Any thread. Throws SQLite::Exception when the disk refuses.
//
// The rule that everything here serves: the snapshot of a plugin's data is put back only over data
// that its new version was never used on. use() is durable before the new version is called;
// begin_restoring() and use() exclude each other.
class Trials {
 public:
  explicit Trials(store::Database& database) : database_(database) {}

  std::vector<Trial> list();
  std::optional<Trial> find(const std::string& id);
  // The version before the present one, and those before that.
  std::optional<Installed> former(const std::string& id);
  std::vector<Installed> all_former();

  // `next` is the plugin's version from now on, enabled or not as before, and activating.
  void begin(const Installed& next);
  void put_on_trial(const std::string& id);
  // Somebody is about to use it, in this process. False: it may not be used now.
  bool use(const std::string& id, std::int64_t now);
  // This process ends in good order, with nobody inside any plugin.
  void leave_in_order();
  // A process that had used it is gone without that.
  void count_hard_ends();

  // False: it was used, the snapshot may not be put back. Also for a trial that is activating.
  bool begin_restoring(const std::string& id);
  // The former version again. Events it was not offered, or that were refused on trial, go to it.
  void go_back(const std::string& id);
  void stay(const std::string& id);
  // The trial is over and was good: only one former version is kept.
  void keep(const std::string& id);

 private:
  store::Database& database_;
};

} // namespace host::plugins
