#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace host::services {

enum class Level { debug, info, warning, error };

// DIR/logs/host.log, rotated. One line an entry: control characters are escaped. Any thread.
class Log {
 public:
  explicit Log(const std::filesystem::path& folder); // throws if it cannot be written
  ~Log();
  void write(Level level, const std::string& from, const std::string& message);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

} // namespace host::services
