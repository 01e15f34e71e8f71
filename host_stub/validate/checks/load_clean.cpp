#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

#include <ctime>
#include <dlfcn.h>

namespace host::validate {
namespace {

constexpr std::int64_t load_time_ms_max = 100; // of the processor

std::int64_t processor_ms() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

void run(const Subject& subject) {
  const Surroundings before = surroundings();
  const std::int64_t began_ms = processor_ms();
  step("loading the library");
  void* const library = dlopen(subject.library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) fail("the dynamic linker can load the library", dlerror());
  if (void* const entry = dlsym(library, ERP_PLUGIN_ENTRY_NAME)) {
    step("entry");
    erp_error error{};
    reinterpret_cast<erp_plugin_entry_v1_fn>(entry)(&trial_host_table(), &error);
  }
  const std::int64_t took_ms = processor_ms() - began_ms;
  const auto changed = changes(before, surroundings());
  require(changed.empty(), load_clean.what, joined(changed));
  if (took_ms > load_time_ms_max)
    throw Finding{Verdict::warn, "loading takes at most 100 ms of the processor",
                  std::to_string(took_ms) + " ms"};
}

} // namespace

const Check load_clean = {
    "load-clean",
    "R1, plugin.h",
    "loading the library and asking its entry changes nothing in the process",
    "A host looks at a library before anybody has trusted it. A thread, an open file, a handler or "
    "a changed locale that comes with the mere look stays in the host for good.",
    "Take work out of constructors of static objects and __attribute__((constructor)); do it in "
    "activate(). If the library cannot be loaded at all, link it with -Wl,-z,defs: the linker then "
    "names what is missing.",
    run,
    "A change that is undone before the entry returns; memory that is kept."};

} // namespace host::validate
