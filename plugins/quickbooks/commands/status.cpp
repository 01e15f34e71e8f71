#include "commands/groups.hpp"

namespace qb::commands {
namespace {

const char* name_of(settings::Environment environment) {
  switch (environment) {
  case settings::Environment::sandbox:
    return "sandbox";
  case settings::Environment::production:
    return "production";
  case settings::Environment::emulator:
    return "emulator";
  }
  return "";
}

} // namespace

std::string status(Workshop& workshop, Words words) {
  const bool json = words.flag("--json");
  words.rest("status [--json]");
  const connection::Status connection = workshop.connection_status();
  const outbox::Counts counts = workshop.rooms().outbox.counts();
  const char* environment = name_of(workshop.settings().environment);
  const auto refreshed = workshop.rooms().directory.fact("refreshed_at");
  const std::string expires =
      connection.refresh_token_expires_at
          ? erp::to_rfc3339(*connection.refresh_token_expires_at).substr(0, 10)
          : "";
  if (json) {
    qbo::Value company;
    if (connection.company)
      company.set("id", connection.company->id).set("name", connection.company->name);
    qbo::Value out = qbo::Value::object();
    out.set("connected", connection.connected)
        .set("reconnect_needed", connection.reconnect_needed)
        .set("reconnect_reason", text_or_null(connection.reconnect_reason))
        .set("held_back", text_or_null(connection.held_back))
        .set("company", std::move(company))
        .set("environment", environment)
        .set("waiting", number(counts.waiting))
        .set("blocked", number(counts.blocked))
        .set("delivered", number(counts.delivered))
        .set("refresh_token_expires_on", text_or_null(expires))
        .set("directory_refreshed_at", text_or_null(refreshed.value_or("")));
    return qbo::write(out) + "\n";
  }
  std::vector<std::vector<std::string>> rows;
  rows.push_back({"Connection", connection.connected ? "connected to " + connection.company->name +
                                                           " (" + connection.company->id + ")"
                                : connection.reconnect_needed
                                    ? "must be renewed: erp-host connect quickbooks"
                                    : "none: erp-host connect quickbooks"});
  if (!connection.reconnect_reason.empty()) rows.push_back({"Why", connection.reconnect_reason});
  if (!connection.held_back.empty()) rows.push_back({"Held back", connection.held_back});
  rows.push_back({"Environment", environment});
  rows.push_back({"Waiting", std::to_string(counts.waiting)});
  rows.push_back({"Blocked", std::to_string(counts.blocked) +
                                 (counts.blocked ? " (see: run quickbooks inbox list)" : "")});
  rows.push_back({"Delivered", std::to_string(counts.delivered)});
  rows.push_back({"Consent ends", expires.empty() ? "-" : expires + ", later if it is used"});
  rows.push_back({"QuickBooks last read", refreshed.value_or("never")});
  return table(rows);
}

std::string refresh(Workshop& workshop, Words words, erp::Instant deadline) {
  const bool json = words.flag("--json");
  const bool full = words.flag("--full");
  words.rest("refresh [--full] [--json]");
  const delivery::Refreshed refreshed = workshop.refresh(full, deadline);
  const directory::Directory& directory = workshop.rooms().directory;
  const std::vector<std::pair<const char*, std::int64_t>> counts = {
      {"accounts", directory.count(qbo::Entity::account)},
      {"classes", directory.count(qbo::Entity::klass)},
      {"vendors", directory.count(qbo::Entity::vendor)},
      {"items", directory.count(qbo::Entity::item)},
      {"purchase_orders", directory.count(qbo::Entity::purchase_order)}};
  if (json) {
    qbo::Value out = qbo::Value::object();
    out.set("full", refreshed.full).set("rows", number(refreshed.rows));
    for (const auto& [name, count] : counts)
      out.set(name, number(count));
    return qbo::write(out) + "\n";
  }
  std::string text = refreshed.full ? "Read everything anew: " : "Read what changed: ";
  text += std::to_string(refreshed.rows) + " rows. Known now:";
  for (const auto& [name, count] : counts)
    text += " " + std::to_string(count) + " " + name + (name == counts.back().first ? "." : ",");
  for (char& c : text)
    if (c == '_') c = ' ';
  return text + "\n";
}

} // namespace qb::commands
