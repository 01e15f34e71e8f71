#pragma once
#include "books/instant.hpp"

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <unordered_map>

namespace emulator::gateway {

inline constexpr std::size_t request_id_length_max = 50;
inline constexpr std::size_t batch_request_id_length_max = 36;
inline constexpr std::size_t batch_item_id_length_max = 10; // together with a requestid
// How long Intuit keeps them is not published. A day is our choice; a control call changes it.
inline constexpr std::chrono::seconds replay_retention{24 * 3600};
inline constexpr std::size_t replays_kept_max = 50'000; // a company; the oldest go first

// Successful answers of one company by request id, or by request id and bId within a batch.
class Replays {
 public:
  struct Kept {
    std::string digest; // of the request
    std::string answer;
    Instant at;
    int status = 200;
  };
  // The key of a single request, or of one item of a batch.
  static std::string key(const std::string& client_id, const std::string& request_id,
                         const std::optional<std::string>& batch_item_id = std::nullopt);

  // Nothing when it is unknown or older than `retention`.
  const Kept* find(const std::string& key, Instant now, std::chrono::seconds retention) const;
  void keep(const std::string& key, Kept kept);
  void forget();

  nlohmann::json saved() const;
  void load(const nlohmann::json& saved);

 private:
  std::unordered_map<std::string, Kept> kept_;
  std::deque<std::string> order_;
};

} // namespace emulator::gateway
