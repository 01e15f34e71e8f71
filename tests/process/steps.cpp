#include "process/steps.hpp"

#include "process/temporary_folder.hpp"

#include <cstdlib>
#include <stdexcept>

namespace process {

bool may_follow_programs() {
  const TemporaryFolder folder;
  return run(KILLED_AT_STEP, {"0", folder / "steps", "/bin/true"}).exit_code != 126;
}

Stepped run_until_step(long step, const std::filesystem::path& program,
                       const std::vector<std::string>& arguments, const Options& options,
                       Steps which) {
  const TemporaryFolder folder;
  std::vector<std::string> words{std::to_string(step), folder / "steps", program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  Options followed = options;
  if (which == Steps::on_disk_or_network) followed.extra["KILLED_AT_STEP_SENDS"] = "1";
  // A sanitizer looks for leaks by following the program itself, and two cannot.
  const char* const before = std::getenv("ASAN_OPTIONS");
  followed.extra["ASAN_OPTIONS"] = std::string(before ? before : "") + ":detect_leaks=0";
  Stepped stepped{run(KILLED_AT_STEP, words, followed)};
  if (stepped.result.exit_code == 125) throw std::runtime_error(stepped.result.err);
  stepped.steps = std::stol(text_of(folder / "steps"));
  return stepped;
}

} // namespace process
