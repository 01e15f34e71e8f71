#include "gateway/replays.hpp"

#include "server/url.hpp"

#include <nlohmann/json.hpp>

namespace emulator::gateway {

std::string Replays::key(const std::string& client_id, const std::string& request_id,
                         const std::optional<std::string>& batch_item_id) {
  using server::percent_encoded; // so that '/' separates
  std::string made = percent_encoded(client_id) + '/' + percent_encoded(request_id);
  if (batch_item_id) made += '/' + percent_encoded(*batch_item_id);
  return made;
}

const Replays::Kept* Replays::find(const std::string& key, Instant now,
                                   std::chrono::seconds retention) const {
  const auto found = kept_.find(key);
  if (found == kept_.end() || found->second.at + retention <= now) return nullptr;
  return &found->second;
}

void Replays::keep(const std::string& key, Kept kept) {
  if (kept_.insert_or_assign(key, std::move(kept)).second) order_.push_back(key);
  while (order_.size() > replays_kept_max) {
    kept_.erase(order_.front());
    order_.pop_front();
  }
}

void Replays::forget() {
  kept_.clear();
  order_.clear();
}

nlohmann::json Replays::saved() const {
  auto out = nlohmann::json::array();
  for (const auto& key : order_) {
    const auto& kept = kept_.at(key);
    out.push_back({key, kept.digest, kept.answer, kept.at.time_since_epoch().count(), kept.status});
  }
  return out;
}

void Replays::load(const nlohmann::json& saved) {
  forget();
  for (const auto& it : saved)
    keep(it.at(0),
         {it.at(1), it.at(2), Instant(std::chrono::microseconds(it.at(3).get<std::int64_t>())),
          it.size() > 4 ? it.at(4).get<int>() : 200});
}

} // namespace emulator::gateway
