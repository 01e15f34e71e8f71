#include "services/agenda.hpp"

namespace host::services {

void Agenda::request(const std::string& job, std::int64_t due_at) {
  const std::lock_guard lock(mutex_);
  const auto [entry, is_new] = due_.emplace(job, due_at);
  if (!is_new && due_at < entry->second) entry->second = due_at;
}

std::optional<std::int64_t> Agenda::due_at(const std::string& job) const {
  const std::lock_guard lock(mutex_);
  const auto found = due_.find(job);
  if (found == due_.end()) return std::nullopt;
  return found->second;
}

void Agenda::use_up(const std::string& job, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = due_.find(job);
  if (found != due_.end() && found->second <= now) due_.erase(found);
}

} // namespace host::services
