#include "loader/network_fence.hpp"

#include <cerrno>
#include <cstddef>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace host::loader {
namespace {

constexpr unsigned offset_of_number = offsetof(seccomp_data, nr);
constexpr unsigned offset_of_family = offsetof(seccomp_data, args); // of socket(), little-endian

} // namespace

bool fence_network_off(AtFence answer) {
  const std::uint32_t refused = answer == AtFence::signal
                                    ? SECCOMP_RET_TRAP
                                    : SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(ENETUNREACH);
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset_of_number),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 4),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset_of_family),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, refused),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog whole = {sizeof program / sizeof program[0], program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole) == 0;
}

} // namespace host::loader
