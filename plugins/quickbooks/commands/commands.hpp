#pragma once

#include "connection/connecting.hpp"
#include "core/settings/settings.hpp"
#include "delivery/refresh.hpp"
#include "directory/directory.hpp"
#include "host/services.hpp"
#include "inbox/inbox.hpp"
#include "links/links.hpp"
#include "outbox/outbox.hpp"
#include "proof/case.hpp"

#include <optional>
#include <string>
#include <vector>

// The plugin's own commands: what a person may ask and decide.
namespace qb::commands {

struct Rooms {
  store::Database& store;
  const outbox::Outbox& outbox;
  const links::Links& links;
  const inbox::Inbox& inbox;
  const directory::Directory& directory;
  const host::Services& services;
};

// What commands need of the connector.
class Workshop {
 public:
  virtual ~Workshop() = default;
  virtual Rooms rooms() = 0;
  virtual connection::Status connection_status() = 0;
  virtual settings::Settings settings() const = 0;
  virtual delivery::Refreshed refresh(bool full, erp::Instant deadline) = 0; // throws erp::Failure
  // Makes a list entity active again; throws erp::Failure with what QuickBooks said.
  virtual void reactivate(qbo::Entity entity, const std::string& id, erp::Instant deadline) = 0;
  // Reads the whole company; throws erp::Failure with what QuickBooks said.
  virtual proof::Proof prove(erp::Instant deadline) = 0;
  virtual void deliver_soon() = 0;
  virtual void issue_closed(const std::string& cause) = 0;
};

struct Call {
  std::vector<std::string> words; // "outbox", "list", "--json"
  std::string actor;
  erp::Instant deadline = 0;
};

// Text, or JSON with --json; and why it is bad news all the same, for whoever asks by program.
struct Answer {
  std::string text;
  std::optional<erp::Failure> failure = std::nullopt;
};

// Throws erp::Failure (ERP_E_INVALID) with what would be a command.
Answer run(Workshop& workshop, const Call& call);

// [{"name","usage","summary"}]
std::string list_json();

} // namespace qb::commands
