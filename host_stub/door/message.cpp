#include "door/message.hpp"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

namespace host::door {
namespace {

using nlohmann::json;

constexpr int stream_count = 3;

bool send_whole(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool receive_whole(int socket, char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t count = recv(socket, to, size, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    to += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

bool send_text(int socket, const std::string& text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  char head[sizeof length];
  std::memcpy(head, &length, sizeof length);
  return send_whole(socket, {head, sizeof head}) && send_whole(socket, text);
}

std::optional<json> receive_json(int socket) {
  std::uint32_t length = 0;
  if (!receive_whole(socket, reinterpret_cast<char*>(&length), sizeof length) ||
      length > message_length_max_bytes)
    return std::nullopt;
  std::string text(length, '\0');
  if (!receive_whole(socket, text.data(), length)) return std::nullopt;
  json parsed = json::parse(text, nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed;
}

// The streams travel with one byte of their own, before the text.
bool send_streams(int socket, const std::array<int, 3>& streams) {
  char byte = 's';
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * stream_count)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* const head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof(int) * stream_count);
  std::memcpy(CMSG_DATA(head), streams.data(), sizeof(int) * stream_count);
  return sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
}

std::optional<Streams> receive_streams(int socket) {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * stream_count)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) return std::nullopt;
  const cmsghdr* const head = CMSG_FIRSTHDR(&message);
  if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(sizeof(int) * 3))
    return std::nullopt;
  int fds[stream_count];
  std::memcpy(fds, CMSG_DATA(head), sizeof fds);
  Streams streams;
  for (int i = 0; i < stream_count; ++i)
    streams[static_cast<std::size_t>(i)] = home::Descriptor(fds[i]);
  return streams;
}

} // namespace

bool send_request(int socket, const Request& request, const std::array<int, 3>& streams) {
  const json text = {
      {"version", request.version}, {"arguments", request.arguments}, {"folder", request.folder}};
  // An argument need not be UTF-8 on the way; the owner's parser judges it.
  return send_streams(socket, streams) &&
         send_text(socket, text.dump(-1, ' ', false, json::error_handler_t::replace));
}

bool send_answer(int socket, const Answer& answer) {
  json text;
  switch (answer.kind) {
  case Answer::Kind::begun:
    text = {{"begun", true}};
    break;
  case Answer::Kind::ended:
    text = {{"exit_code", answer.exit_code}};
    break;
  case Answer::Kind::refused:
    text = {{"refused", answer.message}};
    break;
  }
  return send_text(socket, text.dump());
}

std::optional<Received> receive_request(int socket) {
  auto streams = receive_streams(socket);
  if (!streams) return std::nullopt;
  const auto text = receive_json(socket);
  if (!text) return std::nullopt;
  try {
    return Received{Request{text->at("version"), text->at("arguments"), text->at("folder")},
                    std::move(*streams)};
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::optional<Answer> receive_answer(int socket) {
  const auto text = receive_json(socket);
  if (!text) return std::nullopt;
  Answer answer;
  if (text->contains("begun")) {
    answer.kind = Answer::Kind::begun;
  } else if (text->contains("exit_code")) {
    answer.kind = Answer::Kind::ended;
    answer.exit_code = text->value("exit_code", 1);
  } else {
    answer.message = text->value("refused", "");
  }
  return answer;
}

std::string address_of(int folder, const std::string& name) {
  return "/proc/self/fd/" + std::to_string(folder) + "/" + name;
}

} // namespace host::door
