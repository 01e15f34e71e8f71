#pragma once

#include "home/descriptor.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// What goes over DIR/host.sock: a request with the caller's three streams, an answer that it was
// begun, an answer with its exit code. Both ends are the same program on the same machine.
namespace host::door {

constexpr std::size_t message_length_max_bytes = 4 * 1024 * 1024;

struct Request {
  std::string version; // of the calling program
  std::vector<std::string> arguments;
  std::string folder; // what relative paths stand on
};

struct Answer {
  enum class Kind { begun, ended, refused };
  Kind kind = Kind::refused;
  int exit_code = 0;   // of ended
  std::string message; // of refused
};

using Streams = std::array<home::Descriptor, 3>; // in, out, err

// False: the other side has gone.
bool send_request(int socket, const Request& request, const std::array<int, 3>& streams);
bool send_answer(int socket, const Answer& answer);

// nullopt: the other side has gone, or what came is no such message.
struct Received {
  Request request;
  Streams streams;
};
std::optional<Received> receive_request(int socket);
std::optional<Answer> receive_answer(int socket);

// A socket's address holds 107 bytes only; through the folder's descriptor any home fits.
std::string address_of(int folder, const std::string& name);

} // namespace host::door
