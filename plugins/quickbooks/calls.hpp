#pragma once

#include "company/pacer.hpp"
#include "company/traced.hpp"
#include "core/settings/settings.hpp"
#include "host/services.hpp"
#include "oauth/token_source.hpp"
#include "store/database.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace qb {

// The calls of one company: their pace, the waiting for it, and the log. Threads: who has the turn
// (company::Turns); wake() any.
class Calls {
 public:
  // `nap`: see Outside.
  Calls(store::Database& store, const host::Services& services, const std::atomic<bool>& stopping,
        std::function<void(std::chrono::microseconds)> nap)
      : store_(store), services_(services), stopping_(stopping), nap_(std::move(nap)) {}

  // `give_way` lets others in between two calls; false: there is no time left. The references must
  // outlive what is opened.
  std::unique_ptr<company::Company> open(const settings::Settings& settings,
                                         http::Transport& transport, oauth::TokenSource& tokens,
                                         const std::string& realm, erp::Instant deadline,
                                         const std::function<bool()>& give_way);
  // Whoever waits for its turn looks whether all is being stopped.
  void wake() { wake_.notify_all(); }

 private:
  bool wait_until(erp::Instant until, erp::Instant deadline, const std::function<bool()>& give_way);
  company::Pacer& pacer(const settings::Settings& settings);
  void nap(std::chrono::microseconds length);
  void remember_reading(const company::Trace& trace);

  store::Database& store_;
  const host::Services& services_;
  const std::atomic<bool>& stopping_;
  const std::function<void(std::chrono::microseconds)> nap_;
  std::unique_ptr<company::Pacer> pacer_;
  std::mutex wake_mutex_;
  std::condition_variable wake_;
};

} // namespace qb
