#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace host::services {

// What jobs one plugin has asked for, and when. Lives as long as the process; any thread.
class Agenda {
 public:
  void request(const std::string& job, std::int64_t due_at); // the earliest counts
  std::optional<std::int64_t> due_at(const std::string& job) const;
  void use_up(const std::string& job, std::int64_t now); // a run begins: what is due is answered

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> due_;
};

} // namespace host::services
