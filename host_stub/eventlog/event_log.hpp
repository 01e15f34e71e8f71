#pragma once

#include "store/database.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace erp {
struct Event;
}

namespace host::eventlog {

enum class State {
  waiting,    // the hook has not said OK yet
  delivered,  // durably the plugin's
  refused,    // the plugin said: never again; a person must look
  not_offered // the plugin has no hook for this kind
};
const char* to_string(State state);

// What became of one event that was handed to record().
enum class Recorded { accepted, known, other_content };

// One event on its way to one plugin.
struct Delivery {
  std::int64_t sequence = 0; // of the plugin, gapless from its first enabling
  std::int64_t attempts = 0; // before this one
  std::string event_id;
  std::string ordering_key;
  std::string body; // canonical JSON
};

struct Settled {
  std::int64_t sequence = 0;
  State state = State::waiting;
  std::int64_t next_attempt_at = 0; // of waiting, microseconds since 1970
  std::int32_t status = 0;
  std::string message;
  bool failed = false; // the plugin itself did, whatever becomes of the event
};

struct Listed {
  std::string event_id, kind, subject;
  std::int64_t recorded_at = 0;
  std::string plugin; // empty: the event was for no plugin
  std::int64_t sequence = 0, attempts = 0;
  std::string state, message;
};

// The host's own record of what happened, and which plugin has it. An event is in it, durably,
// before its hook is called. Any thread. Throws SQLite::Exception when the disk refuses.
class EventLog {
 public:
  explicit EventLog(store::Database& database) : database_(database) {}

  // All of them in one transaction, for every plugin that is enabled now. Same id and same
  // canonical text: known.
  std::vector<Recorded> record(const std::vector<erp::Event>& events, std::int64_t now);

  // What may go to the plugin's hooks now, in order, at most `count_max`. An event waits behind
  // every earlier one of its ordering key.
  std::vector<Delivery> due(const std::string& plugin, std::int64_t now, int count_max);
  void settle(const std::string& plugin, const std::vector<Settled>& settled);

  std::int64_t waiting(const std::string& plugin);
  // The earliest time at which something may go out; 0: nothing waits.
  std::int64_t next_due(const std::string& plugin);
  // Refused ones go out again, and on demand those for whose kind the plugin had no hook. Returns
  // how many. Empty `event_ids`: all.
  std::int64_t retry(const std::vector<std::string>& event_ids, bool also_not_offered);

  // Into the host.db of a rehearsal, which has none: of what waits for the plugin and never failed
  // the first events, of what it had the last, `count_max` each. All of them wait there.
  void copy_for_rehearsal(const std::string& plugin, const std::filesystem::path& database,
                          int count_max);

  void list(bool undelivered_only, const std::function<void(const Listed&)>& row);

 private:
  store::Database& database_;
};

} // namespace host::eventlog
