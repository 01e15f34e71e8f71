#include "cli/permissions.hpp"
#include "cli/placing.hpp"
#include "cli/session.hpp"
#include "cli/withdrawals.hpp"
#include "home/files.hpp"
#include "marketplace/choice.hpp"
#include "marketplace/marketplace.hpp"
#include "plugins/install.hpp"
#include "services/clock.hpp"
#include "terminal/line_reader.hpp"

namespace host::cli {
namespace {

// The bundle and its signature, where they can be installed from.
Outcome<std::filesystem::path> fetched(const Session& session, const marketplace::Source& source,
                                       const marketplace::Entry& entry,
                                       const plugins::StagingFolder& folder) {
  const auto place = folder.path() / entry.file;
  for (const auto& [name, length_max_bytes] :
       {std::pair{entry.file, entry.size_bytes},
        std::pair{entry.file + ".minisig", std::uint64_t{bundle::signature_length_max_bytes}}}) {
    const auto content = source.read(name, length_max_bytes, session.cancel);
    if (!content) return tl::make_unexpected(content.error());
    if (auto put = home::replace_file(folder.path() / name, *content); !put)
      return tl::make_unexpected(put.error());
  }
  return place;
}

// A person at a terminal is asked; a script must have said so.
Outcome<void> consented(const Session& session, const plugins::Asked& asked, bool accepted) {
  session.terminal.out(asked.id + " " + asked.version + " asks for" +
                       (asked.is_installed ? ", besides what it has:\n" : ":\n") +
                       permission_lines(asked.permissions));
  if (accepted) return {};
  if (!session.terminal.in_is_screen())
    return problem("nobody agreed to these permissions, so " + asked.id +
                       " was not installed; read them, and if you agree say --accept-permissions",
                   ERP_E_DENIED);
  session.terminal.err("Agree? [y/N] ");
  std::string line;
  const auto got = terminal::LineReader(session.terminal.in(), session.cancel).next(line, true);
  if (got == terminal::LineReader::Got::line && (line == "y" || line == "Y" || line == "yes"))
    return {};
  return problem("not agreed; " + asked.id + " was not installed", ERP_E_DENIED);
}

// What the marketplace's trust says of this entry.
Outcome<plugins::Voucher> voucher_for(const marketplace::Catalogue& catalogue,
                                      const marketplace::Entry& entry) {
  for (const marketplace::Publisher& one : catalogue.trust.allowed_for(entry.id))
    if (one.key.key == entry.key.key)
      return plugins::Voucher{
          {entry.id, entry.version, entry.platform, entry.size_bytes, entry.sha256}, {one.key}};
  return problem("the marketplace's index names a key for " + entry.id +
                     " that its keys.json does not allow to sign it (SHA-256 " +
                     entry.key.fingerprint + "); ask the operator of the marketplace",
                 ERP_E_DENIED);
}

// The entry that is meant and its bundle, in a folder that goes away with this.
struct Bought {
  plugins::StagingFolder folder;
  plugins::ToInstall what;
};

// Asks the marketplace anew, and applies what it withdrew, before anything is taken from it.
Outcome<Bought> bought(const Session& session, const marketplace::Wish& wish) {
  const auto catalogue =
      marketplace::refresh(session.host.folders, services::now_us(), session.cancel);
  if (!catalogue) return tl::make_unexpected(catalogue.error());
  if (withdraw_revoked(session, catalogue->index) != exit_ok)
    return problem("what was withdrawn did not stop in time; run this again");
  const auto entry = marketplace::chosen(catalogue->index, wish, bundle::this_place());
  if (!entry) return tl::make_unexpected(entry.error());
  const auto voucher = voucher_for(*catalogue, *entry);
  if (!voucher) return tl::make_unexpected(voucher.error());
  auto folder = plugins::StagingFolder::make(session.host.folders);
  if (!folder) return tl::make_unexpected(folder.error());
  const auto bundle = fetched(session, catalogue->source, *entry, *folder);
  if (!bundle) return tl::make_unexpected(bundle.error());
  plugins::ToInstall what{*bundle};
  what.voucher = *voucher;
  return Bought{std::move(*folder), std::move(what)};
}

std::function<Outcome<void>(const plugins::Asked&)> asking(const Session& session, bool accepted) {
  return [&session, accepted](const plugins::Asked& asked) {
    return consented(session, asked, accepted);
  };
}

} // namespace

int perform(const Session& session, const MarketplaceInstall& command) {
  auto what = bought(session, {command.id, command.version, command.channel});
  if (!what) return session.fail(what.error());
  what->what.downgrade_allowed = command.downgrade_allowed;
  what->what.other_key_allowed = command.other_key_allowed;
  what->what.consent = asking(session, command.permissions_accepted);
  return place(session, what->what);
}

int perform(const Session& session, const MarketplaceUpgrade& command) {
  const auto installed = session.host.registry.need(command.id);
  if (!installed) return session.fail(installed.error());
  auto what = bought(session, {command.id, command.version, command.channel});
  if (!what) return session.fail(what.error());
  const std::string& version = what->what.voucher->promised.version;
  if (version == installed->version) {
    session.terminal.out(command.id + " " + version + " is the newest there is for this host\n");
    return exit_ok;
  }
  what->what.other_key_allowed = command.other_key_allowed;
  what->what.consent = asking(session, command.permissions_accepted);
  return replace(session, what->what);
}

int perform(const Session& session, const MarketplaceRollback& command) {
  return go_back(session, command.id);
}

} // namespace host::cli
