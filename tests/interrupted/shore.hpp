#pragma once

#include "host/home.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

// Homes with the plugin "coaster" (tests/upgrade/coaster), and changes of them that are killed.
namespace interrupted {

using Words = std::vector<std::string>;

std::filesystem::path coaster(const std::string& version); // 1.0.0 or 1.1.0

// What a test sees of one home, which is put back as often as needed.
class Shore {
 public:
  explicit Shore(const host_test::Home& home) : home_(home) {}

  void keep() const; // what put_back() goes back to
  void put_back() const;

  process::Result run(const Words& words, const std::string& input = "") const;
  process::Result must(const Words& words, const std::string& input = "") const; // end with 0
  // Killed right before that step of its own; answers whether it had so many.
  bool killed_before(long step, const Words& words) const;
  long steps_of(const Words& words) const;

  // The coaster in `plugins list`; an empty object: it is not there.
  nlohmann::json listed() const;
  std::string version() const { return listed().value("version", ""); }
  // An event is taken, by that version; the coaster is enabled.
  void takes(const std::string& event_id, const std::string& version) const;
  std::vector<std::string> outside() const; // what arrived there, each as often as it did
  // Nothing of an install lies about.
  void check_tidy() const;
  std::set<std::string> files() const; // of the whole home

  const host_test::Home& home() const { return home_; }

 private:
  process::Options options() const;
  const host_test::Home& home_;
};

// Where to kill a command of so many steps: at some of them, the first and the last included; or at
// all of them and on, until it comes to its end.
std::vector<long> steps_taken(long steps);
// How often it must have been killed then.
long kills_min(long steps);

// A change from one version to another, "" for none.
struct Change {
  Words command;
  std::string before, after;
  bool is_enabled = true;             // it is used at once; else a person enables it
  std::set<std::string> arrived = {}; // events that are taken or brought before it
};

// Kills it at each step that is to be tried. A version works each time and takes events; the same
// command again does what it should; each event arrives once, and no file more is there than after
// a change that nobody interrupted.
void check_interrupted(const Shore& shore, const Change& change);

} // namespace interrupted
