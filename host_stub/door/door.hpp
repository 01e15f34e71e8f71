#pragma once

#include "door/message.hpp"
#include "home/folders.hpp"
#include "terminal/cancel.hpp"
#include "terminal/terminal.hpp"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace host::door {

// The owner's side of DIR/host.sock (0600, and only callers of the same user or root): runs what
// other processes send, each command in its own thread, with the caller's own streams. A caller
// that goes away cancels its command.
class Door {
 public:
  using Handler = std::function<int(const std::vector<std::string>& arguments, terminal::Terminal&,
                                    terminal::Cancel&)>;

  // The caller holds the owner lock. Throws if the socket cannot be made.
  Door(const home::Folders& folders, std::string version, Handler handler);
  ~Door(); // as close()
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // How many commands of others are running.
  std::size_t visitors() const;
  void cancel_all();
  // Lets nobody in any more, and returns when the last command of others has ended.
  void close();

 private:
  struct Visit {
    home::Descriptor socket;
    terminal::Cancel cancel;
    std::atomic<bool> ended{false};
    std::thread thread;
  };
  void watch();
  void let_in();
  void serve(Visit& visit);
  void forget_ended();

  home::Folders folders_;
  std::string version_;
  Handler handler_;
  home::Descriptor listener_;
  terminal::Cancel closing_;
  mutable std::mutex mutex_;
  std::list<std::unique_ptr<Visit>> visits_;
  std::thread watcher_;
};

} // namespace host::door
