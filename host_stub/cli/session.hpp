#pragma once

#include "cli/command.hpp"
#include "host.hpp"
#include "terminal/cancel.hpp"
#include "terminal/terminal.hpp"

namespace host::cli {

// One run of one command: for whom it works, and until when.
struct Session {
  Host& host;
  terminal::Terminal& terminal;
  terminal::Cancel& cancel;
  double timeout_s; // of Arguments

  // Prints the problem for a person; words of a plugin in it do not steer the screen.
  void complain(const std::string& words) const {
    terminal.err("erp-host: " + terminal::shown_lines(words) + "\n");
  }
  int fail(const Problem& problem) const {
    complain(problem.message);
    return exit_failed;
  }
  // With exit 4 where a person must connect or change a setting.
  int fail_delivering(const Problem& problem) const {
    complain(problem.message);
    return exit_code_of(problem);
  }
};

// Each answers the exit code.
int perform(const Session&, const PluginsList&);
int perform(const Session&, const PluginsInstall&);
int perform(const Session&, const PluginsUpgrade&);
int perform(const Session&, const PluginsRollback&);
int perform(const Session&, const MarketplaceAdd&);
int perform(const Session&, const MarketplaceRemove&);
int perform(const Session&, const MarketplaceRefresh&);
int perform(const Session&, const MarketplaceList&);
int perform(const Session&, const MarketplaceShow&);
int perform(const Session&, const MarketplaceInstall&);
int perform(const Session&, const MarketplaceUpgrade&);
int perform(const Session&, const MarketplaceRollback&);
int perform(const Session&, const KeysList&);
int perform(const Session&, const KeysAdd&);
int perform(const Session&, const KeysRemove&);
int perform(const Session&, const PluginsEnable&);
int perform(const Session&, const PluginsDisable&);
int perform(const Session&, const SettingsShow&);
int perform(const Session&, const SettingsSet&);
int perform(const Session&, const HostSettingsShow&);
int perform(const Session&, const HostSettingsSet&);
int perform(const Session&, const Connect&);
int perform(const Session&, const Disconnect&);
int perform(const Session&, const Emit&);
int perform(const Session&, const EventsList&);
int perform(const Session&, const EventsRetry&);
int perform(const Session&, const Drain&);
int perform(const Session&, const Run&);
int perform(const Session&, const Notices&);
int perform(const Session&, const AttributesList&);
int perform(const Session&, const AttributesSet&);
int perform(const Session&, const AttributesRemove&);

// Runs whatever the command is; nothing thrown leaves it.
int execute(const Session& session, const Command& command) noexcept;

} // namespace host::cli
