#include "validate/network_fence.hpp"

#include "loader/network_fence.hpp"
#include "validate/progress.hpp"

#include <csignal>

namespace host::validate {
namespace {

constexpr char caught[] = "note it asked for an internet socket\n";

void on_socket(int number, siginfo_t*, void*) {
  note_from_handler(caught, sizeof caught - 1);
  std::signal(number, SIG_DFL);
  raise(number);
}

} // namespace

bool fence_network_off() {
  struct sigaction action {};
  action.sa_sigaction = on_socket;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSYS, &action, nullptr);
  return loader::fence_network_off(loader::AtFence::signal);
}

} // namespace host::validate
