#include "connect/callback_server.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <httplib.h>
#include <mutex>
#include <thread>

namespace host::connect {
namespace {

constexpr std::size_t query_length_max_bytes = 8 * 1024;
constexpr std::size_t answers_max = 16;
constexpr std::size_t threads_count = 2;
constexpr std::chrono::milliseconds look_up{50};
constexpr const char* page =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Answer received</title>"
    "</head><body><p>The answer has arrived. You can close this window and go back to where you "
    "began to connect.</p></body></html>";

} // namespace

struct CallbackServer::Parts {
  Redirect redirect;
  httplib::Server server;
  std::thread thread;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> answers;

  void answer(const httplib::Request& request, httplib::Response& response) {
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_header("Cache-Control", "no-store");
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    const auto& hosts = redirect.allowed_hosts;
    if (std::find(hosts.begin(), hosts.end(), request.get_header_value("Host")) == hosts.end()) {
      response.status = 421;
      return;
    }
    const std::string& target = request.target;
    if (request.method != "GET" || target.substr(0, target.find('?')) != redirect.path) {
      response.status = request.method == "GET" ? 404 : 405;
      return;
    }
    const auto query = query_of(target);
    if (!query) {
      response.set_content(page, "text/html; charset=utf-8");
      return;
    }
    if (query->size() > query_length_max_bytes) {
      response.status = 414;
      return;
    }
    {
      const std::lock_guard lock(mutex);
      if (answers.size() < answers_max) answers.push_back(*query);
    }
    changed.notify_all();
    response.status = 302;
    response.set_header("Location", redirect.path);
  }
};

CallbackServer::CallbackServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Outcome<std::unique_ptr<CallbackServer>> CallbackServer::start(Redirect redirect) {
  auto parts = std::make_unique<Parts>();
  Parts& made = *parts;
  made.redirect = std::move(redirect);
  made.server.new_task_queue = [] { return new httplib::ThreadPool(threads_count); };
  made.server.set_read_timeout(5, 0);
  made.server.set_keep_alive_max_count(1);
  made.server.set_tcp_nodelay(true);
  made.server.set_payload_max_length(query_length_max_bytes);
  made.server.set_pre_routing_handler([&made](const auto& request, auto& response) {
    made.answer(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  const std::string& address = made.redirect.listen_address;
  if (made.redirect.port == 0) {
    made.redirect.port = made.server.bind_to_any_port(address.c_str());
    if (made.redirect.port <= 0) return problem("no port is free on " + address, ERP_E_CONFIG);
    const std::string host = "localhost:" + std::to_string(made.redirect.port);
    made.redirect.url = "http://" + host + made.redirect.path;
    made.redirect.allowed_hosts = {host};
  } else if (!made.server.bind_to_port(address.c_str(), made.redirect.port)) {
    return problem("cannot listen on " + address + ":" + std::to_string(made.redirect.port) +
                       "; another program has the port",
                   ERP_E_CONFIG);
  }
  made.thread = std::thread([&made] { made.server.listen_after_bind(); });
  while (!made.server.is_running())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return std::unique_ptr<CallbackServer>(new CallbackServer(std::move(parts)));
}

CallbackServer::~CallbackServer() {
  parts_->server.stop();
  parts_->thread.join();
}

const Redirect& CallbackServer::redirect() const {
  return parts_->redirect;
}

std::optional<std::string> CallbackServer::wait(std::chrono::milliseconds wait,
                                                const terminal::Cancel& cancel) {
  const auto end = std::chrono::steady_clock::now() + wait;
  std::unique_lock lock(parts_->mutex);
  while (parts_->answers.empty()) {
    if (cancel.triggered() || std::chrono::steady_clock::now() >= end) return std::nullopt;
    parts_->changed.wait_for(lock, look_up);
  }
  std::string query = std::move(parts_->answers.front());
  parts_->answers.pop_front();
  return query;
}

} // namespace host::connect
