#include "host.hpp"
#include "instances/whole_settings.hpp"
#include "jobs/drain.hpp"
#include "loader/network_fence.hpp"
#include "loader/telling_child.hpp"
#include "plugins/rehearsal.hpp"
#include "plugins/rehearsal_words.hpp"
#include "plugins/trial.hpp"
#include "services/clock.hpp"

#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace host::plugins {
namespace {

using nlohmann::json;

constexpr std::int64_t job_time_us = 2 * services::us_per_s; // it reaches nobody: no use waiting
constexpr unsigned whole_time_s_max =
    rehearsed_begin_s_max + rehearsed_work_s_max + rehearsed_end_s_max;

void say(const char* name, const std::string& value) {
  loader::tell_parent(json{{name, value}}.dump(-1, ' ', false, json::error_handler_t::replace));
}

// The last thing that a hook said of an event that is not delivered now.
std::string words_of_hooks(Host& host) {
  std::string words;
  host.events.list(true, [&](const eventlog::Listed& one) {
    if (!one.message.empty()) words = one.message;
  });
  return words;
}

Outcome<void> settings_are_whole(instances::Instance& instance) {
  const auto schema = instances::schema_of(instance);
  if (!schema && schema.error().status == ERP_E_UNSUPPORTED) return {};
  if (!schema) return tl::make_unexpected(schema.error());
  const auto whole = instances::check_whole(instance, *schema, instance.settings().values());
  if (whole) return {};
  return problem("does not take the settings as they are: " + whole.error().message +
                 "\nTo change them for it: `plugins disable`, `plugins upgrade`, `settings set`, "
                 "`plugins enable`");
}

Outcome<void> work(Host& host, instances::Instance& instance) {
  const terminal::Cancel cancel;
  const delivery::Tell nobody = [](const std::string&) {};
  host.delivery.hand_over(instance, cancel, nobody);
  const auto trial = host.trials.find(instance.id());
  if (trial && trial->failed_events > 0 && hooks_fail(*trial, 1))
    return problem("failed on " + std::to_string(trial->failed_events) + " of " +
                   std::to_string(trial->events) +
                   " events it was tried with: " + words_of_hooks(host));
  if (!instance.table<erp_job_v1>(ERP_INTERFACE_JOB)) return {};
  const auto drained =
      jobs::drain(instance, host.delivery, host.events, job_time_us, cancel, nobody);
  if (drained.exit_code != exit_failed) return {}; // that nobody can be reached is not its fault
  return problem("failed in its job: " + drained.message);
}

Outcome<void> rehearse_in(const home::Folders& folders, const std::string& id) {
  auto opened = Host::open(folders);
  if (!opened) return tl::make_unexpected(opened.error());
  Host& host = **opened;
  const auto version = host.registry.need(id);
  if (!version) return tl::make_unexpected(version.error());
  const auto created = host.instances.created(id);
  if (!created) return tl::make_unexpected(created.error());
  if (!version->enabled) {
    const auto schema = instances::schema_of(**created);
    if (!schema && schema.error().status != ERP_E_UNSUPPORTED)
      return tl::make_unexpected(schema.error());
    return {};
  }
  if (auto whole = settings_are_whole(**created); !whole) return whole;
  const auto instance = host.instances.activate(id);
  if (!instance) return problem("could not be activated: " + instance.error().message);
  say("part", part_work);
  if (auto worked = work(host, **instance); !worked) return worked;
  say("part", part_end);
  const std::int64_t end = services::now_us() + rehearsed_end_s_max * services::us_per_s / 2;
  return host.instances.drop(id, end);
}

} // namespace

std::optional<int> rehearse_if_asked(int argc, char** argv) {
  if (argc != 4 || std::strcmp(argv[1], rehearse_word) != 0) return std::nullopt;
  prctl(PR_SET_PDEATHSIG, SIGKILL); // of no use to anybody without the one that asked
  alarm(whole_time_s_max + 10);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (!loader::fence_network_off(loader::AtFence::unreachable)) {
    say("problem", "could not be tried: this system cannot keep a process off the network "
                   "(seccomp), and it must not reach anybody before it is trusted");
    _exit(0);
  }
  say("part", part_begin);
  const auto rehearsed = rehearse_in(home::Folders{argv[2]}, argv[3]);
  if (rehearsed)
    say("part", part_done);
  else
    say("problem", rehearsed.error().message);
  _exit(0); // what the library wants to do at the end is not of interest
}

} // namespace host::plugins
