#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

#include <malloc.h>

namespace host::validate {
namespace {

constexpr int warm_up_cycles = 10;
constexpr int cycles = 100;
constexpr std::size_t growth_max_bytes = 256 * 1024; // 2.6 KiB a cycle; a page is kept by chance

struct Held {
  std::size_t threads, files, bytes;
};
Held held() {
  const auto memory = mallinfo2();
  return {thread_count(), open_file_count(), memory.uordblks + memory.hblkhd};
}

void live_once(const Subject& subject, TrialHost& host, const erp_plugin& plugin) {
  Instance instance(plugin, host);
  host.enter(Stage::made);
  instance.start_or_skip(subject);
  instance.end();
}

void run(const Subject& subject) {
  const erp_plugin& plugin = plugin_of(subject);
  TrialHost host(subject, "again", subject.scratch / "data");
  for (int i = 0; i < warm_up_cycles; ++i)
    live_once(subject, host, plugin);
  const Held before = held();
  for (int i = 0; i < cycles; ++i)
    live_once(subject, host, plugin);
  const Held after = held();
  require(after.threads <= before.threads, "as many threads as before 100 lives",
          std::to_string(after.threads) + " instead of " + std::to_string(before.threads));
  require(after.files <= before.files, "as many open files as before 100 lives",
          std::to_string(after.files) + " instead of " + std::to_string(before.files));
  const std::size_t grown = after.bytes > before.bytes ? after.bytes - before.bytes : 0;
  require(grown <= growth_max_bytes, "as much memory as before 100 lives",
          std::to_string(grown / cycles) + " bytes more each time");
}

} // namespace

const Check cycle_100 = {
    "cycle-100",
    "plugin.h",
    "create to destroy 100 times: threads, open files and memory stay as they were",
    "A host enables and disables a plugin without ending, and makes an instance to show its "
    "settings. What each life leaves behind adds up.",
    "destroy() frees what create() allocated; deactivate() closes what activate() opened, also "
    "after "
    "an activate() that failed half-way.",
    run,
    "Growth of less than 2.6 KiB a life, and memory that the plugin takes past malloc."};

} // namespace host::validate
