#include "marketplace/marketplace.hpp"

#include "bundle/version_order.hpp"
#include "cli/permissions.hpp"
#include "cli/plugin_state.hpp"
#include "cli/session.hpp"
#include "cli/withdrawals.hpp"
#include "erp/sdk/document.hpp"
#include "marketplace/choice.hpp"
#include "services/clock.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace host::cli {
namespace {

using marketplace::Catalogue;
using marketplace::Entry;
using nlohmann::json;
using terminal::shown;

std::string dumped(const json& value) {
  return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

// What a listing says of one plugin: its newest entry that runs here, else its newest.
struct Offer {
  Entry entry;
  std::string runs_here; // empty: it does; else why not
  std::optional<plugins::Installed> installed;
  std::string state; // "available", "installed", "upgrade available", "revoked"
};

Offer offer_of(const Session& session, const marketplace::Index& index, const std::string& id) {
  Offer offer;
  offer.installed = session.host.registry.find(id);
  const auto chosen = marketplace::chosen(index, {id}, bundle::this_place());
  if (chosen) {
    offer.entry = *chosen;
  } else {
    offer.entry = marketplace::entries_of(index, id)->front();
    offer.runs_here = chosen.error().message;
  }
  if (!offer.installed)
    offer.state = chosen ? "available" : "not for this host";
  else if (session.host.registry.revoked_because(id, offer.installed->version))
    offer.state = "revoked";
  else if (chosen && bundle::compare_versions(offer.entry.version, offer.installed->version) > 0)
    offer.state = "upgrade available";
  else
    offer.state = "installed";
  return offer;
}

json as_json(const Offer& offer) {
  const Entry& entry = offer.entry;
  return {{"id", entry.id},
          {"name", entry.name},
          {"category", entry.category},
          {"summary", entry.summary},
          {"publisher", entry.publisher},
          {"version", entry.version},
          {"state", offer.state},
          {"installed", offer.installed ? json(offer.installed->version) : json()}};
}

std::set<std::string> ids_of(const marketplace::Index& index) {
  std::set<std::string> ids;
  for (const Entry& one : index.entries)
    ids.insert(one.id);
  return ids;
}

std::string count_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string what_it_has(const marketplace::Index& index) {
  std::set<std::string> categories;
  for (const Entry& one : index.entries)
    categories.insert(one.category);
  return count_of(ids_of(index).size(), "plugin", "plugins") + " in " +
         count_of(categories.size(), "category", "categories") + ", index " +
         std::to_string(index.standing.serial) + ", good until " +
         erp::to_rfc3339(index.standing.expires_at);
}

std::string lines_of(const std::string& title, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += "  - " + shown(line) + "\n";
  return text.empty() ? "" : title + "\n" + text;
}

std::string state_words(const Session& session, const Offer& offer) {
  if (!offer.installed) return offer.state;
  return offer.installed->version + " " + (offer.installed->enabled ? "enabled" : "disabled") +
         ", " + state_of(session, *offer.installed) +
         (offer.state == "upgrade available" ? "; " + offer.entry.version + " is available" : "");
}

std::string as_page(const Session& session, const Offer& offer, const Catalogue& catalogue,
                    const std::vector<Entry>& entries) {
  const Entry& entry = offer.entry;
  std::string text =
      shown(entry.name) + " (" + entry.id + ") " + entry.version + "\n" + shown(entry.summary) +
      "\n\nCategory   " + shown(entry.category) + "\nPublisher  " + shown(entry.publisher) +
      "\nKey        " + entry.key.text + "\nSHA-256    " + entry.key.fingerprint + "\nSource     " +
      catalogue.source.location() + "\nState      " + state_words(session, offer) + "\n";
  if (!offer.runs_here.empty()) text += "Note       " + shown(offer.runs_here) + "\n";
  text += "\n" + lines_of("What it does", entry.does) + lines_of("What it touches", entry.touches) +
          lines_of("What it needs", entry.needs);
  const std::string permissions = permission_lines(entry.permissions);
  text += "What it may do here\n" + (permissions.empty() ? "  nothing of its own\n" : permissions);
  text += "Versions\n";
  for (const Entry& one : entries) {
    const auto revoked = catalogue.index.revoked_because(one.id, one.version);
    text += "  " + one.version + "  " + one.platform + "  " + one.channel +
            (revoked ? "  withdrawn: " + shown(*revoked) : "") +
            (one.changelog.empty() ? "" : "  " + shown(one.changelog)) + "\n";
  }
  return text;
}

json as_json(const Session& session, const Offer& offer, const Catalogue& catalogue,
             const std::vector<Entry>& entries) {
  json page = as_json(offer);
  const Entry& entry = offer.entry;
  page["does"] = entry.does;
  page["touches"] = entry.touches;
  page["needs"] = entry.needs;
  page["permissions"] = json::parse(bundle::to_json(entry.permissions));
  page["key"] = entry.key.text;
  page["key_sha256"] = entry.key.fingerprint;
  page["note"] = offer.runs_here;
  page["trust"] = offer.installed ? json(state_of(session, *offer.installed)) : json();
  page["versions"] = json::array();
  for (const Entry& one : entries) {
    const auto revoked = catalogue.index.revoked_because(one.id, one.version);
    page["versions"].push_back({{"version", one.version},
                                {"platform", one.platform},
                                {"channel", one.channel},
                                {"sha256", one.sha256},
                                {"changelog", one.changelog},
                                {"withdrawn", revoked ? json(*revoked) : json()}});
  }
  return page;
}

} // namespace

int perform(const Session& session, const MarketplaceAdd& command) {
  const bool is_address = command.location.find("://") != std::string::npos;
  const auto path_of = [&](const std::string& file) {
    return file.empty() ? file : session.terminal.resolve(file).string();
  };
  const auto source = marketplace::Source::at(
      is_address ? command.location : path_of(command.location), path_of(command.ca_file));
  if (!source) return session.fail(source.error());
  const auto added =
      marketplace::add(session.host.folders, *source, session.terminal.resolve(command.root_key),
                       services::now_us(), session.cancel);
  if (!added) return session.fail(added.error());
  session.host.log.write(services::Level::info, "host",
                         "marketplace " + added->source.location() +
                             " root sha256=" + added->root.fingerprint);
  session.terminal.out("added the marketplace " + added->source.location() + " (" +
                       what_it_has(added->index) + ")\nIts root key:\n  key      " +
                       added->root.text + "\n  SHA-256  " + added->root.fingerprint +
                       "\nCompare it with what the operator of the marketplace tells you. If it "
                       "is another one: marketplace remove\n");
  return withdraw_revoked(session, added->index);
}

int perform(const Session& session, const MarketplaceRemove&) {
  const auto removed = marketplace::remove(session.host.folders);
  if (!removed) return session.fail(removed.error());
  session.terminal.out("removed the marketplace " + *removed +
                       "; what was installed from it stays, and what it withdrew stays "
                       "withdrawn\n");
  return exit_ok;
}

int perform(const Session& session, const MarketplaceRefresh&) {
  const auto fresh = marketplace::refresh(session.host.folders, services::now_us(), session.cancel);
  if (!fresh) return session.fail(fresh.error());
  session.terminal.out(fresh->source.location() + ": " + what_it_has(fresh->index) + "\n");
  return withdraw_revoked(session, fresh->index);
}

int perform(const Session& session, const MarketplaceList& command) {
  const auto catalogue = marketplace::kept(session.host.folders, services::now_us());
  if (!catalogue) return session.fail(catalogue.error());
  std::map<std::string, std::vector<Offer>> by_category;
  for (const std::string& id : ids_of(catalogue->index)) {
    Offer offer = offer_of(session, catalogue->index, id);
    by_category[offer.entry.category].push_back(std::move(offer));
  }
  json list = json::array();
  std::string text;
  for (const auto& [category, offers] : by_category) {
    text += shown(category) + "\n";
    for (const Offer& one : offers) {
      list.push_back(as_json(one));
      text += "  " + one.entry.id + "  " + one.entry.version + "  " + one.state + "  " +
              shown(one.entry.name) + "\n      " + shown(one.entry.summary) + "\n";
    }
  }
  if (text.empty()) text = "The marketplace offers nothing yet.\n";
  session.terminal.out(command.json ? dumped(list) : text);
  return exit_ok;
}

int perform(const Session& session, const MarketplaceShow& command) {
  const auto catalogue = marketplace::kept(session.host.folders, services::now_us());
  if (!catalogue) return session.fail(catalogue.error());
  const auto entries = marketplace::entries_of(catalogue->index, command.id);
  if (!entries) return session.fail(entries.error());
  const Offer offer = offer_of(session, catalogue->index, command.id);
  session.terminal.out(command.json ? dumped(as_json(session, offer, *catalogue, *entries))
                                    : as_page(session, offer, *catalogue, *entries));
  return exit_ok;
}

} // namespace host::cli
