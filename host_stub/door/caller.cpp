#include "door/caller.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace host::door {

Called call_owner(const home::Folders& folders, const Request& request) {
  const home::Descriptor folder(open(folders.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  const home::Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const std::string name = address_of(folder.get(), folders.socket().filename().string());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.c_str(), std::min(name.size(), sizeof address.sun_path - 1));
  if (connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
  if (!send_request(fd.get(), request, {0, 1, 2})) return {};
  const auto first = receive_answer(fd.get());
  if (!first) return {};
  if (first->kind == Answer::Kind::refused) return {Called::Kind::refused, 0, first->message};
  const auto last = receive_answer(fd.get());
  if (!last || last->kind != Answer::Kind::ended) return {Called::Kind::lost, 0, ""};
  return {Called::Kind::ended, last->exit_code, ""};
}

} // namespace host::door
