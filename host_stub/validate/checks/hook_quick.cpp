#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/network_fence.hpp"
#include "validate/progress.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace host::validate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t events_max = 100; // of each hook
constexpr std::chrono::seconds time_max{5};
constexpr std::int64_t quick_us = 50'000; // R8

// Microseconds that each call took, sorted.
std::vector<std::int64_t> times_of(const Instance& instance, const Hook& hook) {
  std::vector<std::int64_t> times;
  const auto end = Clock::now() + time_max;
  while (times.size() < events_max && Clock::now() < end) {
    const std::string number = "Q-" + std::to_string(times.size());
    Sample sample(number);
    const Documents documents = sample.documents();
    const auto began = Clock::now();
    tell(hook, instance, number + hook.name, documents);
    times.push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count());
  }
  std::sort(times.begin(), times.end());
  return times;
}

Finding time_hooks(const Instance& instance, const std::vector<const Hook*>& hooks) {
  std::string slow;
  for (const Hook* const hook : hooks) {
    step(hook->name + std::string(", a hundred times, without a network"));
    const auto times = times_of(instance, *hook);
    const std::int64_t median = times.at(times.size() / 2);
    const std::int64_t late = times.at((times.size() - 1) * 99 / 100);
    const std::string words = std::string(hook->name) + ": half of the calls take more than " +
                              std::to_string(median / 1000) + " ms, 1 in 100 more than " +
                              std::to_string(late / 1000) + " ms";
    if (median > quick_us) return {Verdict::fail, hook_quick.what, words};
    if (late > quick_us) slow = words;
  }
  if (slow.empty()) return {};
  return {Verdict::warn, hook_quick.what,
          slow + " (a busy machine or a slow disk may be the cause)"};
}

void run(const Subject& subject) {
  TrialHost host(subject, "quick", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  const auto hooks = hooks_or_skip(instance);
  Finding finding;
  std::thread fenced([&] { // the fence is for ever, so it gets a thread of its own
    fence_network_off();
    finding = time_hooks(instance, hooks);
  });
  fenced.join();
  if (finding.verdict != Verdict::pass) throw finding;
  instance.end();
}

} // namespace

const Check hook_quick = {
    "hook-quick",
    "R8, ext/procurement.h",
    "a hook returns within 50 ms and never asks for the network",
    "A hook runs while somebody saves a part. If it waited for the network, the ERP would stand "
    "still whenever a remote system does.",
    "Record the event, ask for a job with erp.schedule/1, and do the rest in the job.",
    run};

} // namespace host::validate
