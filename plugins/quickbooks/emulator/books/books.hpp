#pragma once
#include "disputed.hpp"
#include "instant.hpp"

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace emulator {

/// Where the company is; it decides home currency, tax rules and the length of account numbers.
enum class Region { us, ca, uk, au };

/// One request, as it arrives behind /v3/company/{realm}/.
struct Call {
  std::string method; ///< "GET" or "POST"
  std::string path;   ///< "purchaseorder", "purchaseorder/12", "query", "batch", "cdc"
  std::multimap<std::string, std::string> query; ///< decoded parameters
  std::string content_type;
  std::string body;
};

/// What goes back. The body is always JSON.
struct Answer {
  int status;
  std::string body;
};

/// What a call counts as, for throttles and the monthly meter.
struct Tally {
  bool metered; ///< a data-out call (read, query, CDC, company information)
  int writes;   ///< objects created, changed or deleted, batch items one by one
  int reads;    ///< objects or pages asked for, batch items one by one
  bool batch;
};

/// Choices of the seeded company.
struct SeedOptions {
  bool multicurrency = false; ///< on: also vendors and A/P accounts in EUR, JPY and KWD
};

/// The books of one QuickBooks company: what it holds and how Intuit's service treats a request on
/// it. Pure: no sockets, clock, threads or files. Not thread-safe; the owner lets one call in at a
/// time.
class Books {
 public:
  /// A small fictional manufacturer with chart of accounts, classes, vendors and items. The same
  /// arguments give the same company with the same ids.
  static Books seeded(Region region, std::string realm, std::string company_name,
                      const SeedOptions& options = {});

  /// The company that `save` wrote. Throws std::runtime_error when it is not such a document.
  static Books load(const nlohmann::json& saved);

  Books(Books&&) noexcept;
  Books& operator=(Books&&) noexcept;
  ~Books();

  /// How the service answers where nobody knows; it is not part of what save() writes.
  void assume(const Disputed& disputed);

  /// Serves one call. Never throws for what a client sent: that is a fault with status 400.
  Answer handle(const Call& call, Instant now);

  /// The whole state. Numbers are kept as text, so nothing is lost on the way.
  [[nodiscard]] nlohmann::json save() const;

  [[nodiscard]] const std::string& realm() const;
  [[nodiscard]] const std::string& company_name() const;

  struct State;

 private:
  explicit Books(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What the call will count as. Reads only the call; a body that is no JSON counts as one write.
Tally tally(const Call& call);

} // namespace emulator
