#pragma once

#include "home/descriptor.hpp"
#include "home/folders.hpp"

#include <optional>
#include <string>

namespace host::home {

// The one owner of a home: held from before any database opens until the process ends. The kernel
// lets go of it however the process ends.
class OwnerLock {
 public:
  // nullopt: another process has it. `what` is written into the file for people: "emit".
  static Outcome<std::optional<OwnerLock>> try_take(const Folders& folders,
                                                    const std::string& what);

 private:
  explicit OwnerLock(Descriptor fd) : fd_(std::move(fd)) {}
  Descriptor fd_;
};

// "process 4711 (emit)", as the holder wrote it; for a message only.
std::string holder_of(const Folders& folders);

} // namespace host::home
