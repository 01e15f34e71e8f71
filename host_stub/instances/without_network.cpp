#include "instances/without_network.hpp"

#include "loader/network_fence.hpp"

#include <future>
#include <thread>

namespace host::instances {

Worked without_network(std::function<void()> work, std::chrono::milliseconds patience) {
  std::promise<Worked> told;
  auto answer = told.get_future();
  std::thread thread([work = std::move(work), told = std::move(told)]() mutable {
    const bool fenced = loader::fence_network_off(loader::AtFence::unreachable);
    if (fenced) work();
    told.set_value(fenced ? Worked::done : Worked::not_fenced);
  });
  if (answer.wait_for(patience) != std::future_status::ready) {
    thread.detach();
    return Worked::still_at_it;
  }
  thread.join();
  return answer.get();
}

} // namespace host::instances
