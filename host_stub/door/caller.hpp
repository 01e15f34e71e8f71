#pragma once

#include "door/message.hpp"
#include "home/folders.hpp"

namespace host::door {

// What came of sending a command to the owner.
struct Called {
  enum class Kind {
    not_served, // nobody listens, or he stopped before he began it: nothing has happened
    ended,      // ran there; exit_code is its own
    refused,    // `message` says why
    lost        // the owner ended in the middle of it
  };
  Kind kind = Kind::not_served;
  int exit_code = 0;
  std::string message;
};

// Blocks until the command has ended over there; it uses this process's own standard streams.
Called call_owner(const home::Folders& folders, const Request& request);

} // namespace host::door
