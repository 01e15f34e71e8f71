#include "plugins/rehearsal.hpp"

#include "home/files.hpp"
#include "host.hpp"
#include "loader/telling_child.hpp"
#include "plugins/rehearsal_words.hpp"
#include "plugins/snapshot.hpp"

#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

namespace host::plugins {
namespace {

namespace fs = std::filesystem;
using Heard = loader::TellingChild::Heard;
using nlohmann::json;

struct Part {
  const char* name;
  const char* in_words;
  int seconds;
};

constexpr Part parts[] = {{part_begin, "when it was activated", rehearsed_begin_s_max},
                          {part_work, "when it was handed events", rehearsed_work_s_max},
                          {part_end, "when it was stopped", rehearsed_end_s_max}};

const Part& part_called(const std::string& name) {
  for (const Part& part : parts)
    if (name == part.name) return part;
  return parts[0];
}

std::string text_of(const json& line, const char* name) {
  const auto found = line.is_object() ? line.find(name) : line.end();
  return line.is_object() && found != line.end() && found->is_string() ? found->get<std::string>()
                                                                       : std::string();
}

// A home in which only this plugin lives, in that version.
Outcome<home::Folders> furnish(Host& host, const Installed& version, bool enabled) {
  const fs::path root = host.folders.upgrade_of(version.id) / "rehearsal";
  const auto furnished = home::open_home(root);
  if (!furnished) return furnished;
  if (auto copied = copy_belongings(host.folders, *furnished, version.id); !copied)
    return tl::make_unexpected(copied.error());
  for (const auto& [from, to] : {std::pair{host.folders.secret_key(), furnished->secret_key()},
                                 {host.folders.host_settings(), furnished->host_settings()},
                                 {host.folders.attributes(), furnished->attributes()}}) {
    const auto content = home::read_private_file(from);
    if (!content) return tl::make_unexpected(content.error());
    if (!*content) continue;
    if (auto written = home::replace_file(to, **content); !written)
      return tl::make_unexpected(written.error());
  }
  {
    const auto database = store::Database::open(furnished->database());
    if (!database) return tl::make_unexpected(database.error());
    Installed there = version;
    there.library = (host.folders.plugins() / version.library).string();
    there.content_sha256.clear(); // its other files do not lie in that home
    Registry registry(**database);
    registry.put(there);
    registry.set_enabled(version.id, enabled);
    Trials trials(**database);
    trials.begin(there); // so that what its hooks answer is counted
    trials.put_on_trial(version.id);
  }
  host.events.copy_for_rehearsal(version.id, furnished->database(), rehearsed_events_max);
  return furnished;
}

Outcome<void> watch(loader::TellingChild& child) {
  const Part* part = &parts[0];
  const auto deadline = [&] {
    return loader::Child::Clock::now() + std::chrono::seconds(part->seconds);
  };
  auto until = deadline();
  for (std::string line;;) {
    const Heard heard = child.next_line(line, until);
    if (heard == Heard::nothing)
      return problem(std::string("did not come back ") + part->in_words + ", within " +
                         std::to_string(part->seconds) + " seconds",
                     ERP_E_TIMEOUT);
    if (heard == Heard::end) break;
    const json said = json::parse(line, nullptr, false);
    if (const std::string why = text_of(said, "problem"); !why.empty())
      return problem(why, ERP_E_UNSUPPORTED);
    if (text_of(said, "part") == part_done) return {};
    part = &part_called(text_of(said, "part"));
    until = deadline();
  }
  const auto status = child.wait_until(until);
  const std::string how = status && WIFSIGNALED(*status)
                              ? std::string("crashed (") + strsignal(WTERMSIG(*status)) + ") "
                              : "ended the process it ran in ";
  return problem(how + part->in_words, ERP_E_UNSUPPORTED);
}

} // namespace

Outcome<void> rehearse(Host& host, const Installed& version, bool enabled) {
  struct Cleared {
    const fs::path folder;
    void clear() const {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
    ~Cleared() { clear(); }
  } const cleared{host.folders.upgrade_of(version.id) / "rehearsal"};
  cleared.clear();
  const auto furnished = furnish(host, version, enabled);
  if (!furnished) return tl::make_unexpected(furnished.error());
  const auto child = loader::TellingChild::start({rehearse_word, furnished->root, version.id});
  if (!child) return problem("could not be tried: no process could be started", ERP_E_INTERNAL);
  return watch(*child);
}

} // namespace host::plugins
