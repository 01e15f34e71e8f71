#include "preflight/preflight.hpp"

#include "loader/telling_child.hpp"
#include "preflight/trial.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace host::preflight {
namespace {

using Clock = loader::Child::Clock;
using Heard = loader::TellingChild::Heard;
using nlohmann::json;

constexpr const char* word = "--look-at-library"; // not in the help: nobody types it

std::string as_text(const Flight& flight) {
  return json{{"library", flight.library.string()},
              {"scratch", flight.scratch.string()},
              {"services", flight.services ? json(*flight.services) : json()},
              {"interfaces", flight.interfaces}}
      .dump();
}

Flight flight_of(const std::string& text) { // throws where it is not from as_text()
  const json content = json::parse(text);
  Flight flight{content.at("library").get<std::string>(), content.at("scratch").get<std::string>(),
                std::nullopt, content.at("interfaces").get<std::vector<std::string>>()};
  if (const json& services = content.at("services"); !services.is_null())
    flight.services = services.get<std::vector<std::string>>();
  return flight;
}

Outcome<Described> judge(const std::string& file, const std::string& answer, int status) {
  const json said = json::parse(answer, nullptr, false);
  const auto text = [&](const char* name) {
    const auto found = said.is_object() ? said.find(name) : said.end();
    return said.is_object() && found != said.end() && found->is_string()
               ? terminal::shown(found->get<std::string>())
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
  Described described{text("id"), text("name"), text("version"), {}};
  for (const json& one : said.value("interfaces", json::array()))
    if (one.is_string()) described.interfaces.push_back(one.get<std::string>());
  std::sort(described.interfaces.begin(), described.interfaces.end());
  return described;
}

} // namespace

Outcome<Described> fly(const Flight& flight) {
  const std::string file = flight.library.string();
  const auto deadline = Clock::now() + time_max;
  const auto child = loader::TellingChild::start({word, as_text(flight)});
  if (!child)
    return problem("cannot start a process to look at " + file + ": " + std::strerror(errno),
                   ERP_E_INTERNAL);
  std::string answer, rest;
  auto heard = child->next_line(answer, deadline);
  while (heard == Heard::line)
    heard = child->next_line(rest, deadline); // it says one line, and ends
  const auto status = heard == Heard::end ? child->wait_until(deadline) : std::nullopt;
  if (!status)
    return problem(file + " did not answer within " + std::to_string(time_max.count()) +
                       " seconds when it was looked at; it was not installed",
                   ERP_E_TIMEOUT);
  return judge(file, answer, *status);
}

std::optional<int> fly_if_asked(int argc, char** argv) {
  if (argc != 3 || std::strcmp(argv[1], word) != 0) return std::nullopt;
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core); // a crash is an answer here, and leaves nothing behind
  const auto said = tried(flight_of(argv[2]));
  const json answer = said ? json{{"id", said->id},
                                  {"name", said->name},
                                  {"version", said->version},
                                  {"interfaces", said->interfaces}}
                           : json{{"problem", said.error().message}};
  loader::tell_parent(answer.dump(-1, ' ', false, json::error_handler_t::replace));
  _exit(0); // what the library wants to do at the end is not of interest
}

} // namespace host::preflight
