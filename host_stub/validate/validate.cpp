#include "validate/validate.hpp"

#include "bundle/keys.hpp"
#include "bundle/open.hpp"
#include "home/files.hpp"
#include "settings/schema.hpp"
#include "validate/report.hpp"
#include "validate/rules.hpp"
#include "validate/settings_file.hpp"
#include "validate/surroundings.hpp"

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

// What is in the bundle, as far as it can be had; what is wrong with it is for checks to tell.
Subject unpacked(const fs::path& archive, const fs::path& folder) {
  Subject subject;
  subject.archive = archive;
  const bundle::Limits limits;
  fs::create_directories(folder);
  const auto content = bundle::content_of(archive, limits.packed_max_bytes);
  if (!content || !bundle::unpack(*content, folder, limits)) return subject;
  if (fs::exists(folder / "plugin.json")) subject.folder = folder;
  const auto manifest = bundle::parse_manifest(text_in(folder / "plugin.json"));
  if (!manifest) return subject;
  const fs::path library = fs::path(manifest->library).lexically_normal();
  if (!library.is_absolute() && *library.begin() != ".." && fs::is_regular_file(folder / library))
    subject.library = folder / library;
  return subject;
}

// Where the library is; of a folder, its plugin.json says it.
host::Outcome<Subject> subject_of(const std::string& path, const fs::path& scratch) {
  std::error_code error;
  const fs::path absolute = fs::canonical(path, error);
  if (error) return problem(path + ": " + error.message());
  if (fs::is_regular_file(absolute) && bundle::is_bundle(absolute))
    return unpacked(absolute, scratch / "unpacked");
  Subject subject;
  subject.library = absolute;
  if (!fs::is_directory(absolute)) return subject;
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
  subject.library = absolute / library;
  subject.folder = absolute;
  return subject;
}

// All of them can be read.
host::Outcome<std::vector<fs::path>> keys_of(const Wanted& wanted) {
  std::vector<fs::path> files;
  for (const std::string& file : wanted.key_files) {
    const auto key = bundle::read_key(file);
    if (!key) return tl::make_unexpected(key.error());
    files.push_back(fs::absolute(file));
  }
  if (wanted.home.empty()) return files;
  if (!fs::is_directory(wanted.home)) return problem("there is no home " + wanted.home);
  const home::Folders folders{fs::absolute(wanted.home)};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folders.keys(), error)) {
    if (entry.path().extension() != ".pub") continue;
    if (const auto key = bundle::read_key(entry.path()); !key)
      return tl::make_unexpected(key.error());
    files.push_back(entry.path());
  }
  return files;
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
  const auto began = std::chrono::steady_clock::now();
  const Scratch scratch;
  auto subject = subject_of(wanted.path, scratch.path());
  if (!subject) return complain(err, subject.error().message);
  const auto keys = keys_of(wanted);
  if (!keys) return complain(err, keys.error().message);
  const auto settings = read_settings_file(wanted.settings_file);
  if (!settings) return complain(err, settings.error().message);
  const auto those = chosen(wanted);
  if (!those) return complain(err, those.error().message);
  Wanted absolute = wanted; // checks run in folders of their own
  if (!wanted.settings_file.empty())
    absolute.settings_file = fs::absolute(wanted.settings_file).string();
  subject->key_files = *keys;
  subject->settings = *settings;
  subject->scratch = scratch.path();
  const auto judged = run_all(*those, *subject, absolute);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - began);
  out << (wanted.is_json ? as_json(judged) : as_table(judged, wanted.path, took)) << std::flush;
  if (!wanted.junit_file.empty()) {
    std::ofstream file(wanted.junit_file, std::ios::binary);
    file << as_junit(judged, wanted.path, took) << std::flush;
    if (!file) return complain(err, "cannot write " + wanted.junit_file);
  }
  const bool failed = std::any_of(judged.begin(), judged.end(), [](const Judged& one) {
    return is_failure(one.finding.verdict);
  });
  return failed ? exit_some_failed : exit_all_passed;
}

int explain(const std::string& name, std::ostream& out, std::ostream& err) {
  const Check* const check = check_named(name);
  const Rule* const rule = rule_named(name);
  if (check || rule) {
    out << (check ? explained(*check) : explained(*rule)) << std::flush;
    return exit_all_passed;
  }
  std::vector<std::string> names;
  for (const Check* const one : checks())
    names.emplace_back(one->name);
  for (const Rule& one : rules())
    names.emplace_back(one.id);
  const auto close = settings::close_matches(name, names);
  return complain(err, "there is no check and no rule \"" + name + "\"" +
                           (close.empty() ? "; erp-host plugins validate --list names them"
                                          : "; did you mean " + close.front() + "?"));
}

int list(bool is_json, std::ostream& out) {
  out << (is_json ? listed_as_json() : listed()) << std::flush;
  return exit_all_passed;
}

} // namespace host::validate
