#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace emulator::gateway {

// What one company was asked, as Intuit's limits and meter would see it.
struct Count {
  std::int64_t calls = 0;        // all that reached the API with a company's path
  std::int64_t metered = 0;      // successful CorePlus calls: reads, queries, CDC, company data
  std::int64_t reads = 0;        // read operations, those in batches one by one
  std::int64_t writes = 0;       // write operations carried out, those in batches one by one
  std::int64_t batches = 0;      // batch calls
  std::int64_t replays = 0;      // answered from a remembered request id, nothing done
  std::int64_t faults = 0;       // answers with status 400 or higher, 401 and 429 too
  std::int64_t unauthorized = 0; // 401
  std::int64_t throttled = 0;    // 429
  std::int64_t in_flight_max = 0;
};

// Any thread.
class Counts {
 public:
  template <class Change>
  void change(const std::string& realm, Change apply) {
    const std::scoped_lock lock(mutex_);
    apply(by_realm_[realm]);
  }
  void enter(const std::string& realm);
  void leave(const std::string& realm);
  void reset();
  nlohmann::json described() const; // by realm, and "all"

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Count> by_realm_;
  std::map<std::string, std::int64_t> in_flight_;
};

} // namespace emulator::gateway
