#include "http/curl_transport.hpp"
#include "http/open_transport.hpp"

#include "http/curl_call.hpp"

#include <mutex>
#include <new>
#include <stdexcept>

namespace qb::http {

namespace {

// How long curl sleeps at most before `cancelled` is looked at again.
constexpr int poll_ms = 50;
// A connection that was idle for longer is not used again: Intuit's front closes them about then.
constexpr long kept_connection_max_s = 55;
constexpr long kept_connections_max = 4;

void start_curl_once() {
  static std::once_flag started;
  std::call_once(started, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw std::runtime_error("libcurl cannot start");
  });
}

} // namespace

struct CurlTransport::Handle {
  CURL* easy = nullptr;
  CURLM* multi = nullptr;
  Handle() {
    start_curl_once();
    easy = curl_easy_init();
    multi = curl_multi_init();
    if (!easy || !multi ||
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kept_connections_max) != CURLM_OK) {
      close();
      throw std::bad_alloc();
    }
  }
  ~Handle() { close(); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void close() {
    if (easy) curl_easy_cleanup(easy);
    if (multi) curl_multi_cleanup(multi);
  }
};

namespace {

// Takes the easy handle off the multi one however the call ends; an unfinished transfer's
// connection is closed by that.
class Attached {
 public:
  Attached(CURLM* multi, CURL* easy) : multi_(multi), easy_(easy) {
    if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) throw CurlGaveUp{"libcurl takes no call"};
  }
  ~Attached() {
    curl_multi_remove_handle(multi_, easy_);
    curl_easy_reset(easy_); // nothing of the call stays behind, least of all a header
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  // nullopt: cancelled.
  std::optional<CURLcode> run(const std::atomic<bool>& cancelled) {
    for (;;) {
      int running = 0;
      if (curl_multi_perform(multi_, &running) != CURLM_OK)
        throw CurlGaveUp{"libcurl cannot go on"};
      int left = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi_, &left))
        if (message->msg == CURLMSG_DONE) return message->data.result;
      if (cancelled) return std::nullopt;
      if (curl_multi_poll(multi_, nullptr, 0, poll_ms, nullptr) != CURLM_OK)
        throw CurlGaveUp{"libcurl cannot wait"};
    }
  }

 private:
  CURLM* multi_;
  CURL* easy_;
};

} // namespace

CurlTransport::CurlTransport(Trust trust, Bounds bounds, const std::atomic<bool>& cancelled)
    : trust_(std::move(trust)), bounds_(bounds), cancelled_(cancelled),
      handle_(std::make_unique<Handle>()) {}

CurlTransport::~CurlTransport() = default;

OpenTransport over_curl() {
  return [](const Trust& trust, const std::atomic<bool>& cancelled) {
    return std::make_unique<CurlTransport>(trust, Bounds(), cancelled);
  };
}

tl::expected<Response, Failure> CurlTransport::exchange(const Message& message) {
  if (const auto refusal = refusal_of(message.url, trust_))
    return tl::unexpected(Failure{Failure::Kind::other, false, *refusal});
  if (cancelled_) return tl::unexpected(Failure{Failure::Kind::cancelled, false, "stopped"});
  CurlCall call(trust_, bounds_);
  try {
    return answer_to(message, call);
  } catch (const CurlGaveUp& why) { // another time it may go on
    return tl::unexpected(Failure{Failure::Kind::other, call.request_left, why.words});
  }
}

tl::expected<Response, Failure> CurlTransport::answer_to(const Message& message, CurlCall& call) {
  prepare(handle_->easy, message, call);
  if (curl_easy_setopt(handle_->easy, CURLOPT_MAXAGE_CONN, kept_connection_max_s) != CURLE_OK)
    throw CurlGaveUp{"libcurl keeps connections for longer than asked for"};
  Attached attached(handle_->multi, handle_->easy);
  const std::optional<CURLcode> result = attached.run(cancelled_);
  if (!result)
    return tl::unexpected(Failure{Failure::Kind::cancelled, call.request_left, "stopped"});
  if (*result != CURLE_OK) return tl::unexpected(failure_of(*result, call));
  if (!call.headers_ended)
    return tl::unexpected(
        Failure{Failure::Kind::cut, call.request_left, "the answer ended within its headers"});
  long status = 0;
  if (curl_easy_getinfo(handle_->easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
    throw CurlGaveUp{"libcurl does not tell the status of the answer"};
  call.response.status = static_cast<int>(status);
  return std::move(call.response);
}

} // namespace qb::http
