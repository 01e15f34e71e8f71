/* Defined in the program itself, these come before the C library's for every library it loads. */
#define _GNU_SOURCE
#include "machine.h"
#include "real.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Thread_local int inside;
static atomic_llong moved_us;
static atomic_int waits_really, hurried, how_network, from_connection, connections, elsewhere;
static atomic_int disk_error, disk_calls;
static atomic_long from_disk_call, disk_seen, file_system;
static atomic_int armed, failing, fails_with, failed;
static atomic_long failing_nth, met[call_kinds];
static void (*_Atomic at_wait)(void*);
static void* _Atomic at_wait_with;

void machine_enter(void) {
  ++inside;
}
void machine_leave(void) {
  --inside;
}
int machine_inside(void) {
  return inside;
}
int machine_out(void) {
  const int was = inside;
  inside = 0;
  return was;
}
void machine_back(int was) {
  inside = was;
}
void machine_is_well(void) {
  hurried = how_network = disk_error = armed = 0;
  file_system = 0;
  atomic_store(&at_wait, (void (*)(void*))0);
}

/* --- one call that fails ------------------------------------------------------------------ */

void machine_fail(enum machine_call kind, long nth, int error) {
  armed = 0;
  for (int i = 0; i < call_kinds; ++i)
    met[i] = 0;
  failed = 0;
  failing = (int)kind;
  failing_nth = nth;
  fails_with = error;
}
void machine_arm(int on) {
  armed = on;
}
long machine_calls(enum machine_call kind) {
  return met[kind];
}
int machine_fails(enum machine_call kind) {
  if (!inside || !armed) return 0;
  const long number = ++met[kind];
  if ((int)kind != failing || number != failing_nth) return 0;
  failed = 1;
  return fails_with;
}
int machine_failed(void) {
  return failed;
}
int machine_fails_errno(enum machine_call kind) {
  const int error = machine_fails(kind);
  if (error) errno = error;
  return error;
}

/* --- time ---------------------------------------------------------------------------------- */

long long machine_moved_us(void) {
  return moved_us;
}
void machine_move_us(long long by) {
  if (by > 0) moved_us += by;
}
void machine_hurry(int on) {
  hurried = on;
}
void machine_wait_really(int on) {
  waits_really = on;
}
void machine_at_next_wait(void (*then)(void*), void* with) {
  at_wait_with = with;
  at_wait = then;
}

static void move(struct timespec* time, long long by_us) {
  const long long ns = time->tv_nsec + by_us % 1000000 * 1000;
  time->tv_sec += by_us / 1000000 + (ns < 0 ? -1 : ns / 1000000000);
  time->tv_nsec = (ns + 1000000000) % 1000000000;
}

static long long us_of(const struct timespec* time) {
  return time->tv_sec * 1000000LL + time->tv_nsec / 1000;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_MONOTONIC) move(now, moved_us);
  return result;
}

int pthread_cond_clockwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex,
                           clockid_t clock, const struct timespec* restrict until) {
  REAL(pthread_cond_clockwait);
  struct timespec now;
  clock_gettime(clock, &now);
  if (inside && !waits_really && clock == CLOCK_MONOTONIC) {
    machine_move_us(us_of(until) - us_of(&now) + 1);
    return ETIMEDOUT;
  }
  struct timespec really = *until;
  if (clock == CLOCK_MONOTONIC) move(&really, -moved_us);
  return real(condition, mutex, clock, &really);
}

int poll(struct pollfd* waited, nfds_t count, int timeout_ms) {
  REAL(poll);
  if (!inside) return real(waited, count, timeout_ms);
  if (machine_fails_errno(call_socket)) return -1;
  void (*const then)(void*) = timeout_ms != 0 ? atomic_exchange(&at_wait, NULL) : NULL;
  if (then) then(at_wait_with);
  const int silent = how_network == network_silent && connections >= from_connection;
  if (silent)
    for (nfds_t i = 0; i < count; ++i)
      waited[i].revents = 0;
  if (!silent && (!hurried || timeout_ms <= 0)) return real(waited, count, timeout_ms);
  const struct timespec a_moment = {0, 300000};
  const int ready = silent ? 0 : ppoll(waited, count, &a_moment, NULL);
  if (ready == 0 && timeout_ms > 0) machine_move_us(timeout_ms * 1000LL);
  return ready;
}

/* --- network ------------------------------------------------------------------------------- */

void machine_network(enum machine_network how, int from, int port) {
  connections = 0;
  from_connection = from;
  elsewhere = port;
  how_network = (int)how;
}
int machine_connections(void) {
  return connections;
}

static int names_fail(void) {
  return (how_network == names_unknown || how_network == names_late) &&
         connections + 1 >= from_connection;
}

/* libcurl takes an address for a name then; whoever else asks gets the truth. */
int inet_pton(int family, const char* restrict text, void* restrict into) {
  REAL(inet_pton);
  Dl_info caller;
  if (inside && names_fail() && dladdr(__builtin_return_address(0), &caller) &&
      strstr(caller.dli_fname, "libcurl"))
    return 0;
  return real(family, text, into);
}

/* libcurl asks on a thread of its own. */
int getaddrinfo(const char* restrict node, const char* restrict service,
                const struct addrinfo* restrict hints, struct addrinfo** restrict found) {
  REAL(getaddrinfo);
  if (!names_fail()) return real(node, service, hints, found);
  ++connections;
  return how_network == names_unknown ? EAI_NONAME : EAI_AGAIN;
}

int connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t size) {
  REAL(connect);
  if (machine_fails_errno(call_socket)) return -1;
  const int to_network = to.__sockaddr__->sa_family == AF_INET; /* QuickBooks' is 127.0.0.1 */
  if (!inside || !to_network || ++connections < from_connection) return real(fd, to, size);
  struct sockaddr_in other = *to.__sockaddr_in__;
  __CONST_SOCKADDR_ARG other_way = {.__sockaddr_in__ = &other};
  switch ((enum machine_network)how_network) {
  case connections_refused:
    errno = ECONNREFUSED;
    return -1;
  case network_unreachable:
    errno = ENETUNREACH;
    return -1;
  case network_silent:
    errno = EINPROGRESS;
    return -1;
  case network_elsewhere:
    other.sin_port = htons((unsigned short)elsewhere);
    return real(fd, other_way, sizeof other);
  default:
    return real(fd, to, size);
  }
}

/* --- disk ---------------------------------------------------------------------------------- */

void machine_disk(int error, int calls, long from) {
  disk_seen = 0;
  from_disk_call = from;
  disk_calls = calls;
  disk_error = error;
}
long machine_disk_calls(void) {
  return disk_seen;
}
void machine_file_system(long type) {
  file_system = type;
}

static int is_file(int fd) {
  const int was = machine_out();
  struct stat about;
  const int yes = fstat(fd, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
  machine_back(was);
  return yes;
}

static int fails(int fd, int call) {
  if (inside && armed && is_file(fd) && machine_fails_errno(call_file)) return 1;
  if (!inside || !disk_error || !(disk_calls & call)) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  if (!strstr(path, "/quickbooks.db") || ++disk_seen < from_disk_call) return 0;
  errno = disk_error;
  return 1;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  REAL(pwrite64);
  return fails(fd, disk_write) ? -1 : real(fd, bytes, size, at);
}
ssize_t write(int fd, const void* bytes, size_t size) {
  REAL(write);
  return fails(fd, disk_write) ? -1 : real(fd, bytes, size);
}
int ftruncate64(int fd, off64_t size) {
  REAL(ftruncate64);
  return fails(fd, disk_write) ? -1 : real(fd, size);
}
ssize_t pread64(int fd, void* bytes, size_t size, off64_t at) {
  REAL(pread64);
  return fails(fd, disk_read) ? -1 : real(fd, bytes, size, at);
}
int fsync(int fd) {
  REAL(fsync);
  return fails(fd, disk_sync) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  return fails(fd, disk_sync) ? -1 : real(fd);
}

int fstatfs(int fd, struct statfs* about) {
  REAL(fstatfs);
  const int result = real(fd, about);
  if (result == 0 && inside && file_system) about->f_type = file_system;
  return result;
}
