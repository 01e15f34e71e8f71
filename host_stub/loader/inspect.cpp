#include "loader/inspect.hpp"

#include "loader/library.hpp"
#include "loader/telling_child.hpp"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace host::loader {
namespace {

using Clock = Child::Clock;
using nlohmann::json;

constexpr const char* word = "--look-at-library"; // not in the help: nobody types it

Outcome<Described> judge(const std::string& file, const std::string& answer, int status) {
  const json said = json::parse(answer, nullptr, false);
  const auto text = [&](const char* name) {
    const auto found = said.is_object() ? said.find(name) : said.end();
    return said.is_object() && found != said.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
  };
  if (const std::string why = text("problem"); !why.empty()) return problem(why, ERP_E_UNSUPPORTED);
  if (WIFSIGNALED(status))
    return problem(file + " crashed when it was looked at (" + strsignal(WTERMSIG(status)) +
                       "); it was not installed",
                   ERP_E_UNSUPPORTED);
  if (text("id").empty() || text("version").empty())
    return problem(file + " ended the process that looked at it; it was not installed",
                   ERP_E_UNSUPPORTED);
  return Described{text("id"), text("name"), text("version")};
}

} // namespace

Outcome<Described> inspect(const std::filesystem::path& library) {
  const std::string file = library.string();
  const auto deadline = Clock::now() + inspection_time_max;
  const auto child = TellingChild::start({word, file});
  if (!child)
    return problem("cannot start a process to look at " + file + ": " + std::strerror(errno),
                   ERP_E_INTERNAL);
  std::string answer, rest;
  auto heard = child->next_line(answer, deadline);
  while (heard == TellingChild::Heard::line)
    heard = child->next_line(rest, deadline); // it says one line, and ends
  const auto status =
      heard == TellingChild::Heard::end ? child->wait_until(deadline) : std::nullopt;
  if (!status)
    return problem(file + " did not answer within " + std::to_string(inspection_time_max.count()) +
                       " seconds when it was looked at; it was not installed",
                   ERP_E_TIMEOUT);
  return judge(file, answer, *status);
}

std::optional<int> inspect_if_asked(int argc, char** argv, const erp_host& host) {
  if (argc != 3 || std::strcmp(argv[1], word) != 0) return std::nullopt;
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core); // a crash is an answer here, and leaves nothing behind
  const auto loaded = load(argv[2], host);
  const json answer =
      loaded ? json{{"id", loaded->id}, {"name", loaded->name}, {"version", loaded->version}}
             : json{{"problem", loaded.error().message}};
  tell_parent(answer.dump(-1, ' ', false, json::error_handler_t::replace));
  _exit(0); // what the library wants to do at the end is not of interest
}

} // namespace host::loader
