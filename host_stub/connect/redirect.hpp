#pragma once

#include "outcome/problem.hpp"

#include <optional>
#include <string>
#include <vector>

namespace host::connect {

// Where the browser comes back to, and how the host gets to know.
struct Redirect {
  std::string url;                        // exactly as registered; with port 0: not known yet
  std::string path;                       // of the url
  std::string listen_address;             // empty: nobody listens, the answer is pasted
  int port = 0;                           // 0: any free one
  std::vector<std::string> allowed_hosts; // Host headers that may bring the answer
};

struct Wishes {
  std::string redirect_url, callback_listen; // host settings
  bool emulator = false;                     // the plugin's environment is one
  bool paste = false;
};

// ERP_E_CONFIG: something must be set first; the message says what.
Outcome<Redirect> plan_redirect(const Wishes& wishes);

// What of the host's settings may be: https to anywhere or http to this machine, without query or
// fragment ("https://erp.example.com/callback"); a numeric address and a port ("127.0.0.1:8765").
bool is_redirect_url(const std::string& url);
bool is_listen_address(const std::string& address);

// The query string of an address ("http://.../callback?code=1#x" -> "code=1"); nullopt: it has
// none.
std::optional<std::string> query_of(const std::string& address);

} // namespace host::connect
