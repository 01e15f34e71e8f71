#include "state/journal.hpp"

#include "server/url.hpp"
#include "state/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace emulator::state {

// A record is one line of JSON, which tells the length of the body, then the body's bytes as they
// came (they may be no valid UTF-8), then a newline.

Journal::Journal(const std::filesystem::path& file)
    : file_name_(file),
      file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), file.string());
}

Journal::~Journal() {
  ::close(file_);
}

void Journal::append(const Deed& deed) {
  using server::percent_encoded;
  const nlohmann::json head{{"at_us", deed.at.time_since_epoch().count()},
                            {"client", deed.client_id},
                            {"realm", deed.realm},
                            {"requestid", percent_encoded(deed.request_id)},
                            {"method", deed.call.method},
                            {"path", percent_encoded(deed.call.path)},
                            {"query", server::form_encoded(deed.call.query)},
                            {"content_type", percent_encoded(deed.call.content_type)},
                            {"body_bytes", deed.call.body.size()}};
  const std::string record = head.dump() + '\n' + deed.call.body + '\n';
  const std::scoped_lock lock(mutex_);
  const ssize_t written = ::write(file_, record.data(), record.size());
  if (written != static_cast<ssize_t>(record.size()))
    throw std::system_error(written < 0 ? errno : ENOSPC, std::generic_category(),
                            file_name_.string());
}

void Journal::replay(const std::filesystem::path& file,
                     const std::function<void(const Deed&)>& each) {
  const auto text = file_text(file);
  if (!text) return;
  const auto plain = [](const nlohmann::json& head, const char* key) {
    return server::percent_decoded(head.at(key).get<std::string>(), false);
  };
  for (std::size_t at = 0; at < text->size();) {
    const auto end = text->find('\n', at);
    if (end == std::string::npos) return;
    const auto head = nlohmann::json::parse(text->substr(at, end - at), nullptr, false);
    if (head.is_discarded())
      throw std::runtime_error(file.string() + ": no record at byte " + std::to_string(at));
    const auto body_bytes = head.at("body_bytes").get<std::size_t>();
    if (end + 1 + body_bytes >= text->size()) return;
    Deed deed;
    deed.at = Instant(std::chrono::microseconds(head.at("at_us").get<std::int64_t>()));
    deed.client_id = head.at("client");
    deed.realm = head.at("realm");
    deed.request_id = plain(head, "requestid");
    deed.call.method = head.at("method");
    deed.call.path = plain(head, "path");
    deed.call.query = server::form_decoded(head.at("query").get<std::string>());
    deed.call.content_type = plain(head, "content_type");
    deed.call.body = text->substr(end + 1, body_bytes);
    each(deed);
    at = end + 1 + body_bytes + 1;
  }
}

} // namespace emulator::state
