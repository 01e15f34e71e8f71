#pragma once

#include "connection/consent_end.hpp"
#include "core/verdict/words.hpp"
#include "host/services.hpp"
#include "inbox/inbox.hpp"
#include "oauth/vault.hpp"
#include "store/database.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace qb {

// Tells a person of trouble with the connection and with the company as a whole: an issue, and the
// host's notice of it; and that it is over. Threads: any.
class Troubles {
 public:
  Troubles(store::Database& store, const oauth::Vault& vault, const host::Services& services)
      : store_(store), inbox_(store), vault_(vault), services_(services) {}

  // The notices of issues that others raise and close.
  void raised(const verdict::IssueWords& words) const;
  void closed(const std::string& cause) const;

  // The one trouble of the connection that there is now, or none: what was told before is over.
  void tell_of_connection(const std::optional<verdict::IssueWords>& trouble);
  // New tokens that the disk does not take, or that it has taken them. Never throws: the tokens are
  // the plugin's whatever becomes of the telling. True: there are such.
  bool tell_of_unsaved() noexcept;
  // Raises a standing issue about the company as a whole.
  void tell_of_company(const verdict::IssueWords& words) const;
  // QuickBooks took the connection, or it was ended.
  void connected_again();
  void disconnected();
  // How near the end of the consent is, if it is near.
  void tell_of_consent_end(const std::optional<connection::ConsentEnd>& end);
  // Intuit could not be told of the disconnection.
  void tell_of_revoking(const std::string& trouble) const;

 private:
  void close_issue(const std::string& cause, const std::string& note) const;

  store::Database& store_;
  inbox::Inbox inbox_;
  const oauth::Vault& vault_;
  const host::Services& services_;
  std::mutex mutex_;                            // one telling after the other
  bool connection_sound_ = false;               // no trouble with it is told of any more
  std::optional<std::string> consent_end_told_; // its title; "" : that it is far
};

} // namespace qb
