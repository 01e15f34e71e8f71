#pragma once

#include "acceptance/json.hpp"

#include <memory>
#include <string>

namespace acceptance {

struct Answer {
  long status = 0; // 0: none came
  std::string body;
  std::string trouble;  // why none came
  std::string location; // where it sends us, if it does
  Json json() const { return Json::parse(body); }
};

// An HTTPS client that trusts one authority. One thread uses it.
class Client {
 public:
  explicit Client(std::string ca_file);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Answer call(const std::string& method, const std::string& url, const std::string& body = "",
              const std::string& bearer = "");
  // As a browser: follows redirects, here to the callback of a waiting erp-host.
  Answer browse(const std::string& url);

 private:
  struct Handle;
  std::string ca_file_;
  std::unique_ptr<Handle> handle_;
};

} // namespace acceptance
