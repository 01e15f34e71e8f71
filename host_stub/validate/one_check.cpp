#include "validate/one_check.hpp"

#include "loader/child.hpp"
#include "validate/progress.hpp"
#include "validate/readable.hpp"
#include "validate/settings_file.hpp"
#include "validate/surroundings.hpp"

#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace host::validate {
namespace {

using Clock = loader::Child::Clock;

constexpr const char* word = "--run-one-check"; // not in the help: nobody types it
constexpr int word_count = 8;                   // and then the files of keys

std::unique_ptr<loader::Child> start(std::vector<std::string> words, const Subject& subject) {
  const std::string progress = subject.scratch / "progress", output = subject.scratch / "output";
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  posix_spawn_file_actions_addopen(&files, progress_fd, progress.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_addclosefrom_np(&files, progress_fd + 1);
  auto child = loader::Child::start(std::move(words), files);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

Finding judge(const Check& check, const Progress& said, std::optional<int> status,
              std::chrono::milliseconds time_max) {
  const std::string where = said.last_step.empty() ? "" : " in: " + said.last_step;
  const std::string note = said.note.empty() ? "" : "; " + said.note;
  if (!status)
    return {Verdict::hang, check.what,
            "did not come back within " + std::to_string(time_max.count() / 1000) + " seconds" +
                where + note};
  if (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGSYS && !said.note.empty())
    return {Verdict::fail, check.what, said.note + where}; // the fence of the check itself
  if (WIFSIGNALED(*status))
    return {Verdict::crash, check.what, std::string(strsignal(WTERMSIG(*status))) + where + note};
  if (!said.has_finding)
    return {Verdict::crash, check.what, "the plugin ended the process" + where + note};
  return said.finding;
}

Finding found_by(const Check& check, const Subject& subject) {
  try {
    if (const auto reason = not_applicable(check, subject)) skip(*reason);
    check.run(subject);
    return {Verdict::pass, "", ""};
  } catch (const Finding& finding) {
    return finding;
  } catch (const std::exception& error) {
    return {Verdict::fail, check.what, error.what()};
  }
}

// What a plugin says is shown to people and written into files, and may hold anything.
Judged judged_in(const Check& check, Finding finding, std::chrono::milliseconds took) {
  finding.expected = readable(finding.expected);
  finding.seen = readable(finding.seen);
  return {&check, std::move(finding), took};
}

std::chrono::milliseconds since(Clock::time_point began) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
}

} // namespace

Judged run_apart(const Check& check, const Subject& subject, const std::string& settings_file,
                 std::chrono::milliseconds time_max) {
  const auto began = Clock::now();
  if (const auto reason = not_applicable(check, subject))
    return {&check, {Verdict::skip, "", *reason}, {}};
  std::vector<std::string> words = {"erp-host",
                                    word,
                                    check.name,
                                    subject.library.string(),
                                    subject.folder.string(),
                                    subject.archive.string(),
                                    subject.scratch.string(),
                                    settings_file};
  for (const auto& file : subject.key_files)
    words.push_back(file.string());
  auto child = start(std::move(words), subject);
  if (!child) return {&check, {Verdict::fail, check.what, "no process could be started"}, {}};
  const auto status = child->wait_until(began + time_max);
  child.reset(); // nothing writes any more
  const Progress said = read_progress(text_in(subject.scratch / "progress"));
  return judged_in(check, judge(check, said, status, time_max), since(began));
}

Judged run_here(const Check& check, const Subject& subject) {
  const auto began = Clock::now();
  Finding finding = found_by(check, subject);
  return judged_in(check, std::move(finding), since(began));
}

std::optional<int> check_if_asked(int argc, char** argv) {
  if (argc < word_count || std::strcmp(argv[1], word) != 0) return std::nullopt;
  prctl(PR_SET_PDEATHSIG, SIGKILL); // who would read the answer?
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core); // a crash is an answer here, and leaves nothing behind
  const Check* const check = check_named(argv[2]);
  const auto settings = read_settings_file(argv[7]);
  if (!check || !settings) return exit_failed;
  const Subject subject{argv[3], argv[4], *settings,
                        argv[6], argv[5], {argv + word_count, argv + argc}};
  report_progress();
  std::filesystem::current_path(subject.scratch);
  const Finding finding = found_by(*check, subject);
  tell(finding);
  _exit(0); // what the library wants to do at the end is not of interest
}

} // namespace host::validate
