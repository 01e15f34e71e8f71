#include "services/log.hpp"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

namespace host::services {
namespace {

constexpr std::size_t log_length_max_bytes = 5 * 1024 * 1024;
constexpr std::size_t old_logs_max = 4;

std::string one_line(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f)
      result += c;
    else
      result += fmt::format("\\x{:02x}", byte);
  }
  return result;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
  case Level::debug:
    return spdlog::level::debug;
  case Level::info:
    return spdlog::level::info;
  case Level::warning:
    return spdlog::level::warn;
  case Level::error:
    return spdlog::level::err;
  }
  return spdlog::level::err;
}

} // namespace

Log::Log(const std::filesystem::path& folder)
    : logger_(std::make_shared<spdlog::logger>(
          "host", std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                      (folder / "host.log").string(), log_length_max_bytes, old_logs_max))) {
  logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %-7l %v", spdlog::pattern_time_type::utc);
  logger_->set_level(spdlog::level::debug);
  logger_->flush_on(spdlog::level::info);
}

Log::~Log() {
  logger_->flush();
}

void Log::write(Level level, const std::string& from, const std::string& message) {
  logger_->log(level_of(level), "{}: {}", from, one_line(message));
}

} // namespace host::services
