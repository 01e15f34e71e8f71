#pragma once

#include "http/transport.hpp"

#include <functional>
#include <vector>

// Stands where hosts of Intuit's would: answers by a function and remembers what was asked.
struct Scripted final : qb::http::Transport {
  using Answer = tl::expected<qb::http::Response, qb::http::Failure>;
  std::function<Answer(const qb::http::Message&)> answer;
  std::vector<qb::http::Message> asked;

  explicit Scripted(std::function<Answer(const qb::http::Message&)> a) : answer(std::move(a)) {}
  Answer exchange(const qb::http::Message& message) override {
    asked.push_back(message);
    return answer(message);
  }
};

inline qb::http::Response response(int status, std::string body, qb::http::Headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}
