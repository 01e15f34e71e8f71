#pragma once
#include "oauth/connections.hpp"
#include "server/exchange.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace emulator::oauth {

struct CompanyChoice {
  std::string realm, name;
};

// Who decides at /connect/oauth2: a person on the page, or nobody.
struct Decision {
  enum class By { page, always_connect, always_refuse };
  By by = By::page;
  std::string company; // always_connect: name, beginning of the name, or realm
};

// The page on which a company's administrator lets an app in. Any thread.
class Consent {
 public:
  Consent(Connections& connections, std::function<std::vector<CompanyChoice>()> companies);

  void decide(const Decision& decision);
  Decision decision() const;

  server::Reply page(const server::Request& request, Instant now);   // GET /connect/oauth2
  server::Reply chosen(const server::Request& request, Instant now); // POST, the page's form

 private:
  server::Reply connected(const App& app, const server::Query& asked, const std::string& realm,
                          Instant now);
  std::optional<server::Reply> objection(const server::Query& asked, std::optional<App>& app) const;

  Connections& connections_;
  std::function<std::vector<CompanyChoice>()> companies_;
  mutable std::mutex mutex_;
  Decision decision_;
};

// True when QuickBooks would send a browser there.
bool redirect_allowed(const App& app, const std::string& uri);

// The company that TEXT means: its realm, its name in any case, or the only name it begins.
std::optional<CompanyChoice> company_meant(const std::vector<CompanyChoice>& companies,
                                           const std::string& text);

} // namespace emulator::oauth
