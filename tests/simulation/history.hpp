#pragma once

#include "erp/sdk/document.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace simulation {

// Something that must never happen has happened.
struct Violation {
  std::string words;
};

// Microseconds of the simulated world; only the world moves it.
struct Clock {
  erp::Instant now = 0;
  void pass(std::int64_t us) { now += us > 0 ? us : 0; }
};

// How much went on in a run.
struct Figures {
  int documents = 0, events = 0;
  int drawn = 0; // faults, and what others and people do in between
  int restarts = 0, power_cuts = 0;
  Figures& operator+=(const Figures& more);
  std::string to_string() const;
};

// What happened in a run, line by line, and a hash of it that two runs of one seed must share. What
// the plugin draws from the operating system (request ids) is told by the order in which it came
// up.
class History {
 public:
  explicit History(const Clock& clock) : clock_(clock), began_(clock.now) {}

  void add(const std::string& line);
  // Notes a violation; the first of a run counts.
  void violated(const std::string& words);
  // "request 7" for a random id.
  std::string nickname(const std::string& random_id);

  // Shows each line as it comes: for a run that hangs.
  static inline bool live = false;

  Figures figures;
  // Notes whether something that is drawn happens.
  bool counted(bool happens) {
    figures.drawn += happens ? 1 : 0;
    return happens;
  }

  const std::vector<std::string>& lines() const { return lines_; }
  const std::string& violation() const { return violation_; } // "" : none
  std::uint64_t hash() const { return hash_; }

 private:
  const Clock& clock_;
  const erp::Instant began_;
  std::vector<std::string> lines_;
  std::string violation_;
  std::map<std::string, int> nicknames_;
  std::uint64_t hash_ = 0xCBF29CE484222325u;
};

} // namespace simulation
