#pragma once
#include "books/instant.hpp"
#include "mischief/rule.hpp"
#include "server/exchange.hpp"
#include "server/patience.hpp"

#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

namespace emulator::mischief {

// The accidents that a test ordered. They are not kept over a restart. Any thread.
class Mischief {
 public:
  explicit Mischief(server::Patience& patience) : patience_(patience) {}

  // False: this connection ends before its TLS handshake.
  bool admits_connection();
  // Runs the request through `door`, with the first rule that fires for it, if any.
  // `applied` gets that rule's action, in words, or stays empty.
  server::Reply meddle(const server::Request& request, const server::Door& door, Instant now,
                       std::string& applied);

  std::int64_t add(Rule rule); // gives it an id
  void clear();
  nlohmann::json described() const;

 private:
  std::optional<Rule> fired(const server::Request& request);
  void wait(const Rule& rule);
  bool holds(std::int64_t rule_id) const;

  server::Patience& patience_;
  mutable std::mutex mutex_;
  std::vector<Rule> rules_;
  std::int64_t last_id_ = 0;
};

} // namespace emulator::mischief
