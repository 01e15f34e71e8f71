#include "host/home.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

namespace host_test {

using nlohmann::json;

std::filesystem::path erp_host_program() {
  return ERP_HOST;
}
std::filesystem::path moody_library() {
  return MOODY;
}
std::filesystem::path template_library() {
  return TEMPLATE;
}
std::filesystem::path from_the_future_library() {
  return FROM_THE_FUTURE;
}
std::filesystem::path unresolved_library() {
  return UNRESOLVED;
}
std::filesystem::path crashes_in_its_entry_library() {
  return CRASHES_IN_ITS_ENTRY;
}
std::filesystem::path crashes_when_loaded_library() {
  return CRASHES_WHEN_LOADED;
}
std::filesystem::path ends_the_process_library() {
  return ENDS_THE_PROCESS;
}
std::filesystem::path hangs_in_its_entry_library() {
  return HANGS_IN_ITS_ENTRY;
}

Home::Home() = default;

std::vector<std::string> Home::words(const std::vector<std::string>& command) const {
  std::vector<std::string> all{"--home", path().string()};
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

process::Result Home::run(const std::vector<std::string>& command, const std::string& input) const {
  return process::run(erp_host_program(), words(command),
                      {.input = input, .folder = folder_.path()});
}

process::Running Home::start(const std::vector<std::string>& command) const {
  return process::Running(erp_host_program(), words(command), {.folder = folder_.path()});
}

nlohmann::json Home::json(const std::vector<std::string>& command) const {
  const auto result = run(command);
  auto parsed = nlohmann::json::parse(result.out, nullptr, false);
  if (parsed.is_discarded())
    throw std::runtime_error("no JSON: " + result.out + "; errors: " + result.err);
  return parsed;
}

void Home::enable_moody(const std::vector<std::string>& settings) const {
  std::vector<std::string> set{"settings", "set", "moody", "client_secret=-"};
  set.insert(set.end(), settings.begin(), settings.end());
  for (const auto& [command, input] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"plugins", "install", moody_library().string()}, ""},
           {set, "s3cret-value\n"},
           {{"plugins", "enable", "moody"}, ""}}) {
    const auto result = run(command, input);
    if (result.exit_code != 0) throw std::runtime_error(command[1] + ": " + result.err);
  }
}

std::vector<std::string> Home::told() const {
  std::ifstream log(path() / "data" / "moody" / "told.log");
  std::vector<std::string> lines;
  for (std::string line; std::getline(log, line);)
    if (!line.empty() && line[0] >= '0' && line[0] <= '9') lines.push_back(line);
  return lines;
}

bool Home::wait_until_told(std::size_t count) const {
  for (int i = 0; i < 1000 && told().size() < count; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return told().size() >= count;
}

std::string part_saved(const std::string& event_id, const std::string& part_id,
                       const std::string& description) {
  return nlohmann::json{{"event_id", event_id},
                        {"occurred_at", "2026-11-20T10:00:00Z"},
                        {"actor", "buyer"},
                        {"kind", "part_saved"},
                        {"part",
                         {{"id", part_id},
                          {"number", "N-" + part_id},
                          {"revision", "B"},
                          {"description", description},
                          {"kind", "stocked"},
                          {"active", true}}}}
             .dump() +
         "\n";
}

std::string po_ordered(const std::string& event_id, const std::string& order_id) {
  return R"({"event_id":")" + event_id +
         R"(","occurred_at":"2026-11-20T10:00:00Z","actor":"buyer","kind":"po_ordered",)"
         R"("purchase_order":{"id":")" +
         order_id + R"(","number":")" + order_id +
         R"(","version":1,"status":"ordered","currency":"USD","exchange_rate":"1",)"
         R"("ordered_on":"2026-11-20","due_on":null,"memo":null,"reference":null,)"
         R"("supplier":{"id":"S-7","name":"Example Hardware","email":null,"currency":"USD"},)"
         R"("ship_to":null,"lines":[{"id":"1","part":null,"description":"Bracket",)"
         R"("quantity":"10","unit_cost":"12.5","total":"125","attributes":{"Class":"R&D"}}],)"
         R"("fees":[]}})"
         "\n";
}

} // namespace host_test
