#include "cli/session.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "secrets/seal.hpp"
#include "services/clock.hpp"
#include "terminal/line_reader.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

using services::monotonic_us;
using services::us_per_s;
using terminal::LineReader;

constexpr std::size_t chunk_length_max = 200; // lines of one transaction
constexpr std::size_t chunk_length_max_bytes = 8 * 1024 * 1024;
constexpr std::int64_t progress_pause_us = us_per_s / 2;

struct Counts {
  std::int64_t accepted = 0, skipped = 0, bad_lines = 0, lines = 0, waiting = 0;
  delivery::Totals totals;
  bool inactive = false; // a plugin that should have them does not run
};

class Emitting {
 public:
  Emitting(const Session& session) : session_(session) {}

  int run(int fd, bool as_json) {
    activate();
    hand_over();
    LineReader reader(fd, session_.cancel);
    while (read_chunk(reader)) {
      record_chunk();
      hand_over();
      show_progress();
    }
    record_chunk();
    finish();
    if (last_progress_ > 0) session_.terminal.err("\r\x1b[K");
    summarise(as_json);
    if (failed_ || counts_.bad_lines > 0 || counts_.totals.refused > 0) return exit_failed;
    return counts_.waiting > 0 || counts_.inactive ? exit_still_open : exit_ok;
  }

 private:
  void activate() {
    for (const auto& plugin : session_.host.registry.list()) {
      if (!plugin.enabled) continue;
      const auto active = session_.host.instances.active(plugin.id);
      if (active) {
        instances_.push_back(*active);
      } else {
        session_.complain(plugin.id + " does not run, its events wait: " + active.error().message);
        counts_.inactive = true;
        idle_.push_back(plugin.id);
      }
    }
    if (instances_.empty() && idle_.empty())
      session_.complain("no plugin is enabled; the events are recorded and go to nobody");
  }

  // False: that was all.
  bool read_chunk(LineReader& reader) {
    std::string line;
    std::size_t length = 0;
    while (chunk_.size() < chunk_length_max && length < chunk_length_max_bytes) {
      switch (reader.next(line, chunk_.empty())) {
      case LineReader::Got::line:
        ++counts_.lines;
        length += line.size();
        take(line, reader.number());
        break;
      case LineReader::Got::too_long:
        ++counts_.lines;
        bad_line(reader.number(), "", "", "the line is longer than 64 MiB");
        break;
      case LineReader::Got::nothing_yet:
        return true;
      case LineReader::Got::end:
        return false;
      case LineReader::Got::failed:
        failed_ = true;
        session_.complain("cannot read on after line " + std::to_string(reader.number()));
        return false;
      }
    }
    return true;
  }

  void take(const std::string& line, std::int64_t number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    auto event = erp::event_from_json(line);
    if (!event) {
      const auto& wrong = event.error();
      bad_line(number, wrong.event_id, wrong.field, wrong.what);
      return;
    }
    if (event->event_id.empty()) event->event_id = secrets::make_event_id();
    chunk_.push_back(std::move(*event));
    numbers_.push_back(number);
  }

  void bad_line(std::int64_t number, const std::string& event_id, const std::string& field,
                const std::string& what) {
    ++counts_.bad_lines;
    session_.complain(terminal::shown("line " + std::to_string(number) +
                                      (event_id.empty() ? "" : ", event " + event_id) +
                                      (field.empty() ? "" : ", " + field) + ": " + what));
  }

  void record_chunk() {
    if (chunk_.empty()) return;
    const auto recorded = session_.host.events.record(chunk_, services::now_us());
    for (std::size_t i = 0; i < recorded.size(); ++i) {
      if (recorded[i] == eventlog::Recorded::accepted) ++counts_.accepted;
      if (recorded[i] == eventlog::Recorded::known) ++counts_.skipped;
      if (recorded[i] == eventlog::Recorded::other_content)
        bad_line(numbers_[i], chunk_[i].event_id, "event_id",
                 "this id was recorded before with other content; an event never changes, a new "
                 "one needs an id of its own");
    }
    chunk_.clear();
    numbers_.clear();
  }

  void add(const delivery::Totals& totals) {
    counts_.totals.delivered += totals.delivered;
    counts_.totals.refused += totals.refused;
    counts_.totals.not_offered += totals.not_offered;
  }

  // Plugins that were upgraded, or disabled and enabled again, in the meantime.
  void take_up_again() {
    for (auto& instance : instances_) {
      if (instance->is_active()) continue;
      if (auto again = session_.host.instances.active(instance->id())) instance = *again;
    }
  }

  void hand_over() {
    take_up_again();
    for (const auto& instance : instances_)
      add(session_.host.delivery.hand_over(*instance, session_.cancel, tell()));
  }

  void finish() {
    const std::int64_t deadline =
        monotonic_us() + static_cast<std::int64_t>(session_.timeout_s * us_per_s);
    take_up_again();
    for (const auto& instance : instances_) {
      add(session_.host.delivery.hand_over_until(*instance, deadline, session_.cancel, tell()));
      counts_.waiting += session_.host.events.waiting(instance->id());
    }
    for (const auto& id : idle_)
      counts_.waiting += session_.host.events.waiting(id);
  }

  delivery::Tell tell() const {
    return [this](const std::string& line) { session_.complain(terminal::shown(line)); };
  }

  void show_progress() {
    if (!session_.terminal.err_is_screen() || monotonic_us() < last_progress_ + progress_pause_us)
      return;
    last_progress_ = monotonic_us();
    session_.terminal.err("\r\x1b[K" + std::to_string(counts_.lines) + " lines, " +
                          std::to_string(counts_.totals.delivered) + " delivered");
  }

  void summarise(bool as_json) const {
    const delivery::Totals& totals = counts_.totals;
    if (as_json) {
      const nlohmann::json json = {
          {"accepted", counts_.accepted},   {"skipped", counts_.skipped},
          {"bad_lines", counts_.bad_lines}, {"delivered", totals.delivered},
          {"refused", totals.refused},      {"not_offered", totals.not_offered},
          {"waiting", counts_.waiting}};
      session_.terminal.out(json.dump() + "\n");
      return;
    }
    std::string text = std::to_string(counts_.accepted) + " accepted, " +
                       std::to_string(totals.delivered) + " delivered";
    const auto also = [&](std::int64_t count, const char* what) {
      if (count > 0) text += ", " + std::to_string(count) + " " + what;
    };
    also(counts_.skipped, "skipped (known)");
    also(counts_.bad_lines, "bad lines");
    also(totals.refused, "refused by a plugin");
    also(totals.not_offered, "of a kind the plugin does not take");
    also(counts_.waiting, "waiting");
    session_.terminal.out(text + "\n");
  }

  const Session& session_;
  std::vector<std::shared_ptr<instances::Instance>> instances_;
  std::vector<std::string> idle_; // enabled, but could not be activated
  std::vector<erp::Event> chunk_;
  std::vector<std::int64_t> numbers_; // of the chunk's lines
  Counts counts_;
  std::int64_t last_progress_ = 0;
  bool failed_ = false;
};

} // namespace

int perform(const Session& session, const Emit& command) {
  home::Descriptor file;
  if (command.file != "-") {
    const auto path = session.terminal.resolve(command.file);
    file = home::Descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return session.fail({"cannot read " + path.string() + ": " + std::strerror(errno)});
  }
  return Emitting(session).run(file ? file.get() : session.terminal.in(), command.json);
}

} // namespace host::cli
