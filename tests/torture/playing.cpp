#include "playing.hpp"

#include "failing.h"
#include "run.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <openssl/crypto.h>

namespace torture {
namespace {

using fault_matrix::Cell;
using fault_matrix::Point;
using fault_matrix::Row;
using fault_matrix::Run;
using fault_matrix::Scene;

constexpr int runs_of_a_scene_max = 50; // its books grow, and with them the calls

// What is asked for by LEDGERHOOK_TORTURE.
struct Wanted {
  std::size_t of_each = 0; // scenario; 0: all
  std::string only;        // a beginning of the names
  bool takes(const std::string& name) const {
    return name.starts_with(only) &&
           (only.empty() || name.size() == only.size() || name[only.size()] == '/');
  }
};

Wanted wanted(std::size_t of_each) {
  const char* const given = std::getenv("LEDGERHOOK_TORTURE");
  const std::string text = given == nullptr ? "" : given;
  if (text == "all") return {0, ""};
  if (text.starts_with("all/")) return {0, text.substr(4)};
  if (text.empty()) return {of_each, ""};
  if (text.find_first_not_of("0123456789") == std::string::npos)
    return {std::strtoull(text.c_str(), nullptr, 10), ""};
  const auto slashes = std::count(text.begin(), text.end(), '/');
  return {slashes >= 2 ? 0 : of_each, text};
}

// One host that is started and ended in every run, and what it left in memory.
class Bench {
 public:
  Counts count(const Scenario& scenario) {
    const Row row = row_of(scenario, [&](Run& run) {
      machine_fail(call_kinds, 0, 0);
      scenario.play(run);
      for (int kind = 0; kind < call_kinds; ++kind)
        counted_[static_cast<std::size_t>(kind)] = machine_calls(static_cast<machine_call>(kind));
    });
    scene_.reset();               // so that none to come has fewer calls
    for (int i = 0; i < 2; ++i) { // what is made once a process is there at the second
      complaints_ = play(scenario, row, 0);
      left_ = left_now_;
    }
    return counted_;
  }
  // After count() of its scenario.
  std::vector<std::string> play(const Fault& fault) {
    scarce_ = fault.kind->calls == call_memory;
    const Row row = row_of(*fault.scenario, [&](Run& run) {
      machine_fail(fault.kind->calls, fault.nth, fault.way->error);
      fault.scenario->play(run);
      met_ += machine_failed() ? 1 : 0;
      machine_fail(call_kinds, 0, 0);
    });
    return play(*fault.scenario, row, fault.nth);
  }
  const std::vector<std::string>& complaints_without_fault() const { return complaints_; }
  std::size_t met() const { return met_; }

 private:
  Row row_of(const Scenario& scenario, std::function<void(Run&)> played) const {
    Row row{};
    row.id = scenario.name;
    row.play = std::move(played);
    return row;
  }
  std::vector<std::string> play(const Scenario& scenario, const Row& row, long nth) {
    if (!scene_ || runs_++ == runs_of_a_scene_max) {
      scene_.reset();
      scene_ = std::make_unique<Scene>("off");
      scene_->host.end();
      runs_ = 0;
    }
    blocks_watch();
    std::vector<std::string> complaints;
    if (const auto said = scene_->host.start(); said.status < 0)
      complaints.push_back("it does not start: " + said.words);
    else
      complaints =
          Run(*scene_, {&row, Point::first, scenario.operation}, static_cast<std::uint64_t>(nth))
              .play();
    scene_->host.end();
    OPENSSL_thread_stop(); // its book of errors, one a thread
    // Where it lacks memory OpenSSL loses some of what it keeps of its algorithms, once a process.
    left_now_ = blocks_left(nth != 0 && scarce_ ? 1 : 0);
    if (nth != 0 && left_now_ > left_) {
      complaints.push_back(std::to_string(left_now_ - left_) + " blocks of memory are left");
      blocks_tell();
    }
    if (!complaints.empty()) scene_.reset(); // nobody knows what is left of it
    return complaints;
  }
  std::unique_ptr<Scene> scene_;
  int runs_ = 0;
  bool scarce_ = false; // the fault is that there is no memory
  long left_ = 0, left_now_ = 0;
  Counts counted_{};
  std::size_t met_ = 0;
  std::vector<std::string> complaints_;
};

} // namespace

Choice asked_for(std::size_t of_each, std::uint64_t seed) {
  const Wanted asked = wanted(of_each);
  const auto takes = [asked](const Scenario& scenario) {
    return asked.only.empty() || asked.only.starts_with(scenario.name);
  };
  const auto faults_of = [asked, seed](const Scenario& scenario, const Counts& counts) {
    auto faults = asked.of_each == 0 ? all_of(scenario, counts)
                                     : drawn(scenario, counts, asked.of_each, seed);
    std::erase_if(faults, [&](const Fault& fault) { return !asked.takes(name_of(fault)); });
    return faults;
  };
  return {takes, faults_of};
}

Played play(const Choice& choice, const std::string& program) {
  const bool times = std::getenv("LEDGERHOOK_TORTURE_TIMES") != nullptr;
  Bench bench;
  Played played;
  for (const Scenario& scenario : scenarios()) {
    if (!choice.takes(scenario)) continue;
    const Counts counts = bench.count(scenario);
    for (const std::string& words : bench.complaints_without_fault())
      played.complaints.push_back(std::string(scenario.name) + " without a fault: " + words);
    for (const Fault& fault : choice.faults(scenario, counts)) {
      const std::string name = name_of(fault);
      const auto began = std::chrono::system_clock::now();
      if (times) std::cout << name << std::flush;
      for (const std::string& words : bench.play(fault))
        played.complaints.push_back(name + ": " + words + "\n    again: LEDGERHOOK_TORTURE=" +
                                    name + " ./dev test '" + program + "'");
      if (times)
        std::cout << ' '
                  << std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::system_clock::now() - began)
                         .count()
                  << " ms" << std::endl;
      ++played.faults[std::string(scenario.name) + "/" + fault.kind->name];
    }
  }
  played.met = bench.met();
  return played;
}

std::size_t count(const Played& played) {
  std::size_t all = 0;
  for (const auto& [name, faults] : played.faults)
    all += faults;
  return all;
}

std::string told(const Played& played) {
  std::string out;
  for (const auto& [name, faults] : played.faults)
    out += name + " " + std::to_string(faults) + ", ";
  return out + std::to_string(count(played)) + " faults, " + std::to_string(played.met) + " met, " +
         std::to_string(played.complaints.size()) + " complaints";
}

} // namespace torture
