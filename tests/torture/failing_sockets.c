/* Calls on sockets beside connect and poll, which machine.c stands for. */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include "machine.h"
#include "real.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

int socket(int domain, int type, int protocol) {
  REAL(socket);
  return machine_fails_errno(call_socket) ? -1 : real(domain, type, protocol);
}
int socketpair(int domain, int type, int protocol, int both[2]) {
  REAL(socketpair);
  return machine_fails_errno(call_socket) ? -1 : real(domain, type, protocol, both);
}
ssize_t send(int fd, const void* bytes, size_t size, int flags) {
  REAL(send);
  return machine_fails_errno(call_socket) ? -1 : real(fd, bytes, size, flags);
}
ssize_t recv(int fd, void* bytes, size_t size, int flags) {
  REAL(recv);
  return machine_fails_errno(call_socket) ? -1 : real(fd, bytes, size, flags);
}
int getsockopt(int fd, int level, int option, void* restrict value, socklen_t* restrict size) {
  REAL(getsockopt);
  return machine_fails_errno(call_socket) ? -1 : real(fd, level, option, value, size);
}
int setsockopt(int fd, int level, int option, const void* value, socklen_t size) {
  REAL(setsockopt);
  return machine_fails_errno(call_socket) ? -1 : real(fd, level, option, value, size);
}
int getsockname(int fd, __SOCKADDR_ARG name, socklen_t* restrict size) {
  REAL(getsockname);
  return machine_fails_errno(call_socket) ? -1 : real(fd, name, size);
}
int getpeername(int fd, __SOCKADDR_ARG name, socklen_t* restrict size) {
  REAL(getpeername);
  return machine_fails_errno(call_socket) ? -1 : real(fd, name, size);
}
/* libcurl makes its sockets non-blocking with it; SQLite calls fcntl64. */
int fcntl(int fd, int what, ...) {
  REAL(fcntl);
  va_list more;
  va_start(more, what);
  void* const with = va_arg(more, void*);
  va_end(more);
  return machine_fails_errno(call_socket) ? -1 : real(fd, what, with);
}
