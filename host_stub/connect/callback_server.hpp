#pragma once

#include "connect/redirect.hpp"
#include "terminal/cancel.hpp"

#include <chrono>
#include <memory>

namespace host::connect {

// Waits at the redirect address for the browser. It answers at once with a redirect to a plain
// page, so that the code stays neither in the address line nor in a Referer; who asks for another
// path, with another method, or under another Host gets nothing.
class CallbackServer {
 public:
  // Listens when it returns, with the real port in its redirect. ERP_E_CONFIG: the port is taken.
  static Outcome<std::unique_ptr<CallbackServer>> start(Redirect redirect);
  ~CallbackServer();

  const Redirect& redirect() const;
  // The query string of the next answer, as it came; nullopt: cancelled, or `wait` went by.
  std::optional<std::string> wait(std::chrono::milliseconds wait, const terminal::Cancel& cancel);

 private:
  struct Parts;
  explicit CallbackServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

} // namespace host::connect
