#pragma once

#include "store/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace host::services {

struct Notice {
  std::string plugin, key;
  std::int32_t severity = 0; // ERP_NOTICE_INFO ...
  std::string title, text;
  std::int64_t raised_at = 0; // microseconds since 1970
};
const char* name_of_severity(std::int32_t severity); // "info", "warning", "action_needed"

// What people should know, one per plugin and key; durable. Any thread. Throws SQLite::Exception
// when the disk refuses.
class Notices {
 public:
  explicit Notices(store::Database& database) : database_(database) {}
  void raise(const Notice& notice);
  void clear(const std::string& plugin, const std::string& key);
  std::vector<Notice> list();

 private:
  store::Database& database_;
};

} // namespace host::services
