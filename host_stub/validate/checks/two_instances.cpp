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

// In the current folder, and beside the folders that the instances were given.
std::vector<std::string> strays_of(const Subject& subject, const std::filesystem::path& elsewhere) {
  std::vector<std::string> strays;
  for (const std::string& file : files_below(elsewhere))
    strays.push_back("the file " + file + " in the current folder");
  static const std::set<std::string> ours = {"first", "second", "elsewhere", "output", "progress"};
  for (const auto& entry : std::filesystem::directory_iterator(subject.scratch))
    if (const std::string name = entry.path().filename().string(); ours.count(name) == 0)
      strays.push_back(name + " beside data_dir");
  return strays;
}

void run(const Subject& subject) {
  const erp_plugin& plugin = plugin_of(subject);
  const std::size_t printed_before = printed_bytes(); // by loading, which is load-clean's to tell
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
  const std::size_t printed = printed_bytes();
  require(printed == printed_before, "standard output and error are the host's",
          "it prints: \"" + text_in(subject.scratch / "output").substr(printed_before, 200) + "\"");
  const auto strays = strays_of(subject, elsewhere);
  require(strays.empty(), "nothing is written outside data_dir", joined(strays));
}

} // namespace

const Check two_instances = {
    "two-instances",
    "R8, plugin.h",
    "two instances at once: nothing of one reaches the other, nothing goes outside data_dir",
    "An instance belongs to one company. A host with two companies has two instances in one "
    "process, "
    "and the books of the one are no business of the other.",
    "Keep nothing of an instance in a static variable: host_ctx, data_dir, connections and caches "
    "belong into what create() returns. Write files in data_dir only, and say what there is to say "
    "with erp.log/1 instead of printing it.",
    run,
    "Data that is mixed up in memory only; files that are written far from data_dir and the "
    "current "
    "folder."};

} // namespace host::validate
