#pragma once

#include "crash/traffic.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace crash {

// Where in a conversation with QuickBooks both sides can be cut off.
struct Point {
  const char* name;
  const char* accident; // members of the emulator's rule, besides which request it meets
  enum class Then { kills_host, kills_both } then = Then::kills_host;
  int host_lives_on_ms = 0; // after the emulator told that the point was reached
};

// What is under way at that point.
struct Task {
  const char* name;
  const char* request; // members of the emulator's rule
  enum class Renewal { none, old_token_lives_on, old_token_dies } renewal = Renewal::none;
};

const std::vector<Point>& points();
const std::vector<Task>& tasks();

// Brings a real host to a point of a conversation and kills it there, with what it talks to or
// without; then both go on, and each document must stand once.
class NamedPoints {
 public:
  void kill_at(const Point& point, const Task& task);
  int kills() const { return kills_; }
  int connected_again() const { return connected_again_; } // by a person

 private:
  void new_world();
  std::string prepare(const Task& task); // the line to be emitted
  bool reached(process::Running& host) const;

  std::unique_ptr<acceptance::World> world_;
  std::unique_ptr<Traffic> traffic_;
  int rounds_ = 0, kills_ = 0, connected_again_ = 0;
};

} // namespace crash
