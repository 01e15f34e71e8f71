#include "validate/validate.hpp"

#include "home/files.hpp"
#include "settings/schema.hpp"
#include "validate/report.hpp"
#include "validate/settings_file.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

namespace host::validate {
namespace {

namespace fs = std::filesystem;

// Goes away with all that the checks left in it.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "erp-host-validate.XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a folder " + name);
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Where the library is; of a folder, its plugin.json says it.
host::Outcome<Subject> subject_of(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::canonical(path, error);
  if (error) return problem(path + ": " + error.message());
  if (!fs::is_directory(absolute)) return Subject{absolute, {}, {}, {}};
  const auto text = home::read_private_file(absolute / "plugin.json");
  if (!text) return tl::make_unexpected(text.error());
  if (!*text)
    return problem(path + " has no plugin.json; give a library, or a folder that has one");
  const auto manifest = nlohmann::json::parse(**text, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("library") || !manifest["library"].is_string())
    return problem((absolute / "plugin.json").string() + " does not name its \"library\"");
  const fs::path library = fs::path(manifest["library"].get<std::string>()).lexically_normal();
  if (library.is_absolute() || *library.begin() == ".." || !fs::is_regular_file(absolute / library))
    return problem("plugin.json names the library " + library.string() + ", which is no file in " +
                   path);
  return Subject{absolute / library, absolute, {}, {}};
}

host::Outcome<std::vector<const Check*>> chosen(const Wanted& wanted) {
  try {
    const std::regex only(wanted.only), skipped(wanted.skip);
    std::vector<const Check*> those;
    for (const Check* const check : checks()) {
      if (!wanted.only.empty() && !std::regex_search(check->name, only)) continue;
      if (!wanted.skip.empty() && std::regex_search(check->name, skipped)) continue;
      those.push_back(check);
    }
    if (those.empty()) return problem("no check has such a name; --list names them");
    return those;
  } catch (const std::regex_error& error) {
    return problem(std::string("no regular expression: ") + error.what());
  }
}

std::vector<Judged> run_all(const std::vector<const Check*>& those, const Subject& subject,
                            const Wanted& wanted) {
  std::vector<Judged> judged(those.size());
  const auto run = [&](std::size_t i) {
    Subject own = subject;
    own.scratch /= those[i]->name;
    fs::create_directories(own.scratch);
    judged[i] = wanted.is_in_process
                    ? run_here(*those[i], own)
                    : run_apart(*those[i], own, wanted.settings_file,
                                std::chrono::milliseconds(
                                    static_cast<std::int64_t>(wanted.timeout_s * 1000)));
  };
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < those.size(); i = next++)
      run(i);
  };
  std::vector<std::thread> others;
  const unsigned at_once =
      wanted.is_in_process ? 1 : std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < at_once; ++i)
    others.emplace_back(work);
  work();
  for (std::thread& thread : others)
    thread.join();
  return judged;
}

int complain(std::ostream& err, const std::string& words) {
  err << "erp-host: " << words << "\n";
  return exit_wrong_usage;
}

} // namespace

int validate(const Wanted& wanted, std::ostream& out, std::ostream& err) {
  auto subject = subject_of(wanted.path);
  if (!subject) return complain(err, subject.error().message);
  const auto settings = read_settings_file(wanted.settings_file);
  if (!settings) return complain(err, settings.error().message);
  const auto those = chosen(wanted);
  if (!those) return complain(err, those.error().message);
  Wanted absolute = wanted; // checks run in folders of their own
  if (!wanted.settings_file.empty())
    absolute.settings_file = fs::absolute(wanted.settings_file).string();
  const Scratch scratch;
  subject->settings = *settings;
  subject->scratch = scratch.path();
  const auto judged = run_all(*those, *subject, absolute);
  out << (wanted.is_json ? as_json(judged) : as_table(judged, wanted.path)) << std::flush;
  if (!wanted.junit_file.empty()) {
    std::ofstream file(wanted.junit_file, std::ios::binary);
    file << as_junit(judged, wanted.path) << std::flush;
    if (!file) return complain(err, "cannot write " + wanted.junit_file);
  }
  const bool failed = std::any_of(judged.begin(), judged.end(), [](const Judged& one) {
    return is_failure(one.finding.verdict);
  });
  return failed ? exit_some_failed : exit_all_passed;
}

int explain(const std::string& name, std::ostream& out, std::ostream& err) {
  const Check* const check = check_named(name);
  if (check) {
    out << explained(*check) << std::flush;
    return exit_all_passed;
  }
  std::vector<std::string> names;
  for (const Check* const one : checks())
    names.emplace_back(one->name);
  const auto close = settings::close_matches(name, names);
  return complain(err, "there is no check \"" + name + "\"" +
                           (close.empty() ? "; erp-host plugins validate --list names them"
                                          : "; did you mean " + close.front() + "?"));
}

int list(std::ostream& out) {
  out << listed() << std::flush;
  return exit_all_passed;
}

} // namespace host::validate
