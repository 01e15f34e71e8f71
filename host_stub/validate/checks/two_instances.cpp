#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

#include <thread>

namespace host::validate {
namespace {

constexpr int threads_each = 2;
constexpr int events_each = 5;
constexpr const char* marks[] = {"alpha-7f3a", "omega-c41d"}; // in all that the two are told

void tell_much(const Instance& instance, const std::vector<const Hook*>& hooks,
               const std::string& mark, int thread) {
  for (int i = 0; i < events_each; ++i) {
    const std::string number = mark + "-" + std::to_string(thread) + "-" + std::to_string(i);
    Sample sample(number);
    const Documents documents = sample.documents();
    for (const Hook* const hook : hooks)
      tell(*hook, instance, number + hook->name, documents);
  }
}

void expect_apart(const TrialHost& host, const std::string& foreign) {
  const std::string file = file_with(host.data_dir(), foreign);
  require(file.empty(), two_instances.what,
          file + " of instance " + host.instance_id() + " holds what only the other was told");
  require(host.said().find(foreign) == std::string::npos, two_instances.what,
          "the log of instance " + host.instance_id() + " tells what only the other was told");
}

void run(const Subject& subject) {
  const erp_plugin& plugin = plugin_of(subject);
  const auto elsewhere = subject.scratch / "elsewhere";
  std::filesystem::create_directories(elsewhere);
  std::filesystem::current_path(elsewhere);
  TrialHost first_host(subject, marks[0], subject.scratch / "first");
  TrialHost second_host(subject, marks[1], subject.scratch / "second");
  Instance first(plugin, first_host), second(plugin, second_host);
  first.start_or_skip(subject);
  second.start_or_skip(subject);
  const auto hooks = hooks_of(first);
  step("two instances on four threads");
  std::vector<std::thread> threads;
  for (int i = 0; i < threads_each; ++i) {
    threads.emplace_back([&, i] { tell_much(first, hooks, marks[0], i); });
    threads.emplace_back([&, i] { tell_much(second, hooks, marks[1], i); });
  }
  for (std::thread& thread : threads)
    thread.join();
  first.end();
  second.end();
  for (const Breached& breach : breaches())
    require(breach.kind != Breach::foreign_ctx && breach.kind != Breach::unknown_ctx,
            "each instance calls the host with its own host_ctx", breach.text);
  expect_apart(first_host, marks[1]);
  expect_apart(second_host, marks[0]);
  const auto strays = files_below(elsewhere);
  require(strays.empty(), "nothing is written outside data_dir",
          "the file " + (strays.empty() ? "" : *strays.begin()) + " in the current folder");
}

} // namespace

const Check two_instances = {
    "two-instances",
    "plugin.h",
    "two instances at once, on many threads: nothing of the one reaches the other",
    "An instance belongs to one company. A host with two companies has two instances in one "
    "process, "
    "and the books of the one are no business of the other.",
    "Keep nothing of an instance in a static variable: host_ctx, data_dir, connections and caches "
    "belong into what create() returns.",
    run};

} // namespace host::validate
