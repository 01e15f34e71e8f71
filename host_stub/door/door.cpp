#include "door/door.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>

namespace host::door {
namespace {

constexpr int watch_pause_ms_max = 200; // how late a new visit is watched for its caller's end
constexpr int backlog_length = 64;

home::Descriptor listen_at(const home::Folders& folders) {
  const home::Descriptor folder(open(folders.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  home::Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const std::string name = address_of(folder.get(), folders.socket().filename().string());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.c_str(), std::min(name.size(), sizeof address.sun_path - 1));
  unlink(folders.socket().c_str()); // of an owner that was killed; the lock is ours
  fchmod(fd.get(), 0600);           // before it has a name; bind() keeps it
  if (bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      chmod(folders.socket().c_str(), 0600) != 0 || listen(fd.get(), backlog_length) != 0)
    throw std::system_error(errno, std::generic_category(),
                            "cannot listen at " + folders.socket().string());
  return fd;
}

bool is_ours(int socket) {
  ucred who{};
  socklen_t size = sizeof who;
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
         (who.uid == geteuid() || who.uid == 0);
}

} // namespace

Door::Door(const home::Folders& folders, std::string version, Handler handler)
    : folders_(folders), version_(std::move(version)), handler_(std::move(handler)),
      listener_(listen_at(folders)) {
  watcher_ = std::thread([this] { watch(); });
}

Door::~Door() {
  close();
}

std::size_t Door::visitors() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(visits_.begin(), visits_.end(),
                                                [](const auto& visit) { return !visit->ended; }));
}

void Door::cancel_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& visit : visits_)
    visit->cancel.trigger();
}

void Door::close() {
  if (!watcher_.joinable()) return;
  unlink(folders_.socket().c_str());
  closing_.trigger();
  watcher_.join();
  listener_.reset(); // callers in the queue see that it closed, and try again
  for (const auto& visit : visits_)
    visit->thread.join();
  visits_.clear();
}

// One thread for all sockets: it lets callers in and notices those that went away. It goes on
// noticing while close() waits for the last command.
void Door::watch() {
  while (true) {
    std::vector<pollfd> polled{{closing_.triggered() ? -1 : listener_.get(), POLLIN, 0},
                               {closing_.triggered() ? -1 : closing_.fd(), POLLIN, 0}};
    std::vector<Visit*> watched;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& visit : visits_)
        if (!visit->ended && !visit->cancel.triggered()) {
          polled.push_back({visit->socket.get(), POLLRDHUP, 0});
          watched.push_back(visit.get());
        }
    }
    if (closing_.triggered() && visitors() == 0) return;
    poll(polled.data(), polled.size(), watch_pause_ms_max);
    for (std::size_t i = 0; i < watched.size(); ++i)
      if (polled[i + 2].revents & (POLLRDHUP | POLLHUP | POLLERR)) watched[i]->cancel.trigger();
    if (!closing_.triggered() && (polled[0].revents & POLLIN)) let_in();
    if (!closing_.triggered()) forget_ended();
  }
}

void Door::let_in() {
  home::Descriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!socket || !is_ours(socket.get())) return;
  auto visit = std::make_unique<Visit>();
  visit->socket = std::move(socket);
  Visit& entered = *visit;
  const std::lock_guard lock(mutex_);
  visits_.push_back(std::move(visit));
  entered.thread = std::thread([this, &entered] { serve(entered); });
}

void Door::serve(Visit& visit) {
  const int socket = visit.socket.get();
  const timeval patience{5, 0}; // a caller that sends nothing does not keep a thread for ever
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (auto received = receive_request(socket)) {
    if (received->request.version != version_) {
      send_answer(socket, {Answer::Kind::refused, 0,
                           "the process that has this home runs version " + version_ +
                               "; wait until it ends, or end it"});
    } else if (send_answer(socket, {Answer::Kind::begun, 0, ""})) {
      auto& streams = received->streams;
      terminal::Terminal terminal(std::move(streams[0]), std::move(streams[1]),
                                  std::move(streams[2]), received->request.folder);
      const int code = handler_(received->request.arguments, terminal, visit.cancel);
      send_answer(socket, {Answer::Kind::ended, code, ""});
    }
  }
  visit.ended = true;
}

void Door::forget_ended() {
  const std::lock_guard lock(mutex_);
  for (auto visit = visits_.begin(); visit != visits_.end();) {
    if ((*visit)->ended) {
      (*visit)->thread.join();
      visit = visits_.erase(visit);
    } else {
      ++visit;
    }
  }
}

} // namespace host::door
