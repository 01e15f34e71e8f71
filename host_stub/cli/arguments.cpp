#include "cli/arguments.hpp"

#include "cli/mistyped.hpp"
#include "host_version.hpp"
#include "services/attributes.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

namespace host::cli {
namespace {

constexpr const char* introduction =
    "A small host ERP that loads plugins and hands them its events.\n"
    "Order of use: plugins install, settings set, plugins enable, connect, emit, drain.\n"
    "One process owns a home at a time; a command for a home that is in use runs inside its owner.";

// Seconds as people write them: 30, 0.5.
std::string wrong_time(std::string& text) {
  constexpr std::size_t digits_max = 8; // a hundred days, and some
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto is_number = [](const std::string& digits) {
    return !digits.empty() && digits.size() <= digits_max &&
           digits.find_first_not_of("0123456789") == std::string::npos;
  };
  const bool whole = is_number(text.substr(0, point));
  if (whole && (point == text.size() || is_number(text.substr(point + 1)))) return {};
  return "\"" + text + "\" is no number of seconds, such as 30";
}

// Gathers what CLI11 finds; `chosen` is the command whose words stood on the line.
class Grammar {
 public:
  Grammar() : app_(introduction, "erp-host") {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.set_version_flag("--version", std::string("erp-host ") + program_version);
    app_.add_option("--home", arguments_.home, "folder that holds everything of this host")
        ->required()
        ->envname("ERP_HOST_HOME");
    app_.add_option("--timeout", arguments_.timeout_s,
                    "seconds to wait for a home that is in use (default 10)")
        ->check(seconds_);
    add_plugins();
    add_marketplace();
    add_settings();
    add_connection();
    add_events();
    add_work();
    add_attributes();
  }

  tl::expected<Arguments, NoCommand> parse(std::vector<std::string> words) {
    // Everything behind `run ID` belongs to the plugin, also what looks like an option of ours.
    const std::vector<std::string> for_plugin = cut_plugin_words(words);
    std::vector<std::string> plain = plain_words(words);
    if (!plain.empty() && plain.front() == "help") {
      plain.erase(plain.begin());
      words = plain;
      words.emplace_back("--help");
    }
    if (const auto mistyped = mistyped_words(plain))
      return tl::make_unexpected(
          NoCommand{"", "erp-host: " + *mistyped + " (erp-host help tells what each does)\n", 1});
    std::reverse(words.begin(), words.end()); // as CLI11 wants it
    try {
      app_.parse(words);
    } catch (const CLI::ParseError& error) {
      std::ostringstream out, err;
      const int code = app_.exit(error, out, err);
      return tl::make_unexpected(NoCommand{out.str(), err.str(), code == 0 ? 0 : 1});
    }
    if (auto* const run = std::get_if<Run>(&arguments_.command)) run->words = for_plugin;
    return arguments_;
  }

 private:
  // Adds a command whose options end up in a value of the type `T`.
  template <class T>
  CLI::App* command(CLI::App* group, const std::string& name, const std::string& what,
                    std::shared_ptr<T> into) {
    CLI::App* const made = group->add_subcommand(name, what);
    std::string whole = name;
    for (const CLI::App* outer = group; outer != &app_; outer = outer->get_parent())
      whole = outer->get_name() + " " + whole;
    made->footer("Example:\n  " + example_of(whole));
    made->callback([this, into, whole] {
      arguments_.command = *into;
      arguments_.name = whole;
    });
    return made;
  }
  template <class T>
  CLI::App* listing(CLI::App* group, const std::string& name, const std::string& what,
                    std::shared_ptr<T> into) {
    CLI::App* const made = command(group, name, what, into);
    made->add_flag("--json", into->json, "print one JSON array");
    return made;
  }
  CLI::App* group(const std::string& name, const std::string& what) {
    CLI::App* const made = app_.add_subcommand(name, what);
    made->require_subcommand(1);
    return made;
  }

  void add_plugins() {
    CLI::App* const plugins = group("plugins", "Install, enable and list plugins");
    listing(plugins, "list", "Which plugins this home has", std::make_shared<PluginsList>());
    auto install = std::make_shared<PluginsInstall>();
    CLI::App* const installing =
        command(plugins, "install", "Copy a plugin into this home; it is disabled then", install);
    installing
        ->add_option("PATH", install->path,
                     "a bundle (.tar.gz, with its .minisig beside it), a library, or a folder with "
                     "plugin.json; the last two are unsigned")
        ->required();
    installing->add_flag("--unsigned", install->unsigned_allowed,
                         "take a bundle without a signature, whoever made it");
    add_exceptions(installing, *install);
    auto upgrade = std::make_shared<PluginsUpgrade>();
    CLI::App* const upgrading =
        command(plugins, "upgrade",
                "Replace an installed plugin by a newer version, with its data, secrets and "
                "settings. It is tried on copies first, and on trial then; a version that fails is "
                "taken back",
                upgrade);
    upgrading->add_option("PATH", upgrade->path, "as for install")->required();
    upgrading->add_flag("--unsigned", upgrade->unsigned_allowed,
                        "take a bundle without a signature, whoever made it");
    add_other_key(upgrading, *upgrade);
    auto rollback = std::make_shared<PluginsRollback>();
    command(plugins, "rollback",
            "Go back to the version before; nothing that was done is forgotten", rollback)
        ->add_option("ID", rollback->id)
        ->required();
    add_keys(plugins);
    auto enable = std::make_shared<PluginsEnable>();
    command(plugins, "enable", "Hand events to it from now on; needs complete settings", enable)
        ->add_option("ID", enable->id)
        ->required();
    auto disable = std::make_shared<PluginsDisable>();
    command(plugins, "disable", "Stop it; what waits in it stays, new events are not for it",
            disable)
        ->add_option("ID", disable->id)
        ->required();
    // For the help only: they need no home, and main() has taken them before (validate/).
    plugins->add_subcommand("validate", "Try a plugin against the rules of the interface");
    plugins->add_subcommand("explain", "What a check of validate asks for, and why");
  }

  template <class T>
  static void add_exceptions(CLI::App* installing, T& into) {
    installing->add_flag("--downgrade", into.downgrade_allowed,
                         "take an older version than the one installed");
    add_other_key(installing, into);
  }
  template <class T>
  static void add_other_key(CLI::App* installing, T& into) {
    installing->add_flag("--other-key", into.other_key_allowed,
                         "take one that is signed by somebody else than the one installed");
  }
  template <class T>
  static void add_choice(CLI::App* installing, T& into) {
    installing->add_option("ID", into.id)->required();
    installing->add_option("--version", into.version, "this version, not the newest");
    installing->add_option("--channel", into.channel, "from this channel (default stable)");
    installing->add_flag("--accept-permissions", into.permissions_accepted,
                         "agree to what it asks for, without being asked");
  }

  void add_marketplace() {
    CLI::App* const market = group("marketplace", "Find and install plugins that it vouches for");
    auto add = std::make_shared<MarketplaceAdd>();
    CLI::App* const adding =
        command(market, "add", "Trust a marketplace; compare its root key with the operator", add);
    adding->add_option("URL-or-FOLDER", add->location, "where keys.json and index.json lie")
        ->required();
    adding
        ->add_option("--root-key", add->root_key,
                     "a .pub file of minisign; everything hangs on this key, so get it in a way "
                     "that you trust")
        ->required();
    adding->add_option("--ca-file", add->ca_file,
                       "trust the authorities in this file for https, instead of the system's");
    command(market, "remove", "Forget it; what was installed from it stays",
            std::make_shared<MarketplaceRemove>());
    command(market, "refresh",
            "Ask it anew, now; a version that it withdrew is disabled. Let a timer run this daily",
            std::make_shared<MarketplaceRefresh>());
    listing(market, "list", "What it offers, by category", std::make_shared<MarketplaceList>());
    auto show = std::make_shared<MarketplaceShow>();
    CLI::App* const showing = command(
        market, "show", "What a plugin does, touches and needs; its publisher and versions", show);
    showing->add_option("ID", show->id)->required();
    showing->add_flag("--json", show->json, "print one JSON object");
    auto install = std::make_shared<MarketplaceInstall>();
    CLI::App* const installing =
        command(market, "install", "Install the newest version that runs here; it is disabled then",
                install);
    add_choice(installing, *install);
    add_exceptions(installing, *install);
    auto upgrade = std::make_shared<MarketplaceUpgrade>();
    CLI::App* const upgrading =
        command(market, "upgrade",
                "Replace an installed plugin by the newest version that runs here, as "
                "`plugins upgrade` does",
                upgrade);
    add_choice(upgrading, *upgrade);
    add_other_key(upgrading, *upgrade);
    auto rollback = std::make_shared<MarketplaceRollback>();
    command(market, "rollback", "Go back to the version before, as `plugins rollback` does",
            rollback)
        ->add_option("ID", rollback->id)
        ->required();
  }

  void add_keys(CLI::App* plugins) {
    CLI::App* const keys = plugins->add_subcommand(
        "keys", "Whose bundles may be installed: public keys of publishers");
    keys->require_subcommand(1);
    listing(keys, "list", "The keys this home trusts", std::make_shared<KeysList>());
    auto add = std::make_shared<KeysAdd>();
    command(keys, "add", "Trust a publisher's key; be sure it is theirs", add)
        ->add_option("FILE", add->file, "a .pub file of minisign")
        ->required();
    auto remove = std::make_shared<KeysRemove>();
    command(keys, "remove", "Trust it no longer; what was installed with it stays", remove)
        ->add_option("SHA-256", remove->name,
                     "the key's, as `plugins keys list` shows it; the first 8 digits will do")
        ->required();
  }

  void add_settings() {
    CLI::App* const settings = group("settings", "What a plugin can be told");
    auto show = std::make_shared<SettingsShow>();
    CLI::App* const shown = command(
        settings, "show",
        "All settings of a plugin, what they mean, and their values; secret ones show as \"set\"",
        show);
    shown->add_option("ID", show->id)->required();
    shown->add_flag("--json", show->json, "print one JSON array");
    auto set = std::make_shared<SettingsSet>();
    CLI::App* const setting = command(
        settings, "set",
        "Change settings. key=value; key=@FILE takes the value from a file, key=- from standard "
        "input (for secrets: they must not stand on the command line); key= removes it",
        set);
    setting->add_option("ID", set->id)->required();
    setting->add_option("key=value", set->assignments)->required();
    CLI::App* const own = group("host-settings", "What this host itself can be told");
    auto own_show = std::make_shared<HostSettingsShow>();
    listing(own, "show", "All settings of the host, and what they mean", own_show);
    auto own_set = std::make_shared<HostSettingsSet>();
    command(own, "set", "Change settings of the host; key= goes back to the default", own_set)
        ->add_option("key=value", own_set->assignments)
        ->required();
  }

  void add_connection() {
    auto connect = std::make_shared<Connect>();
    CLI::App* const connecting = command(
        &app_, "connect",
        "Connect a plugin to its company. Prints the address to open in a browser alone on one "
        "line, waits for the answer, then runs the plugin's `refresh`",
        connect);
    connecting->add_option("ID", connect->id)->required();
    connecting->add_option("--company", connect->company, "refuse any company but this one");
    connecting->add_flag("--switch-company", connect->switch_company,
                         "this plugin moves to another company than before");
    connecting->add_flag("--paste", connect->paste,
                         "take the address the browser ended up at from standard input");
    connecting
        ->add_option("--timeout", connect->timeout_s,
                     "seconds to wait for the answer (default 600)")
        ->check(seconds_);
    auto disconnect = std::make_shared<Disconnect>();
    command(&app_, "disconnect", "Revoke the connection and wipe its tokens", disconnect)
        ->add_option("ID", disconnect->id)
        ->required();
  }

  void add_events() {
    auto emit = std::make_shared<Emit>();
    CLI::App* const emitting = command(
        &app_, "emit",
        "Record events (canonical JSON, one a line) and hand them to the enabled plugins. Events "
        "of earlier runs that were not handed over go first. Exit 0: all handed over; 1: a line "
        "was no event, or a plugin refused one for good; 3: a plugin could not take some yet "
        "(they go first next time)",
        emit);
    emitting->add_option("FILE", emit->file, "a file, or - for standard input")->required();
    emitting->add_flag("--json", emit->json, "print the counts as one JSON object");
    CLI::App* const events = group("events", "The host's own record of events");
    auto list = std::make_shared<EventsList>();
    listing(events, "list", "All events, and which plugin has them", list)
        ->add_flag("--undelivered", list->undelivered, "only what waits or was refused");
    auto retry = std::make_shared<EventsRetry>();
    CLI::App* const retrying = command(
        events, "retry", "Hand refused events over again, at the next emit or drain", retry);
    retrying->add_option("EVENT_ID", retry->event_ids);
    retrying->add_flag("--all", retry->all, "every refused event");
    retrying->add_flag("--not-offered", retry->also_not_offered,
                       "also those of a kind that the plugin did not take, and may take now");
  }

  void add_work() {
    auto drain = std::make_shared<Drain>();
    CLI::App* const draining = command(
        &app_, "drain",
        "Deliver what waits in a plugin, also what is due later. Exit 0: nothing is open; 2: only "
        "blocked entries are left; 3: time ran out with entries waiting; 4: it cannot deliver "
        "(disabled, not connected, a setting is wrong); 1: anything else",
        drain);
    draining->add_option("ID", drain->id)->required();
    draining->add_option("--timeout", drain->timeout_s, "seconds to go on (default 60)")
        ->check(seconds_);
    draining->add_flag("--json", drain->json, "print one JSON object");
    auto run = std::make_shared<Run>();
    CLI::App* const running = command(
        &app_, "run",
        "Run one of the plugin's own commands: run ID COMMAND ... Everything behind ID is the "
        "plugin's; a --timeout must stand before it. Without COMMAND: lists them. Exit 4: not "
        "connected, or a setting is wrong",
        run);
    running->add_option("ID", run->id)->required();
    running->add_option("--timeout", run->timeout_s, "seconds it may take (default 900)")
        ->check(seconds_);
    listing(&app_, "notices", "What plugins want people to know", std::make_shared<Notices>());
  }

  void add_attributes() {
    CLI::App* const attributes = group("attributes", "The users' own fields of order lines");
    listing(attributes, "list", "All attributes", std::make_shared<AttributesList>());
    auto set = std::make_shared<AttributesSet>();
    CLI::App* const setting =
        command(attributes, "set", "Define an attribute, or define it anew", set);
    setting->add_option("NAME", set->name, "case and all")->required();
    setting->add_option("--kind", set->kind, "what it holds (default select)")
        ->check(CLI::IsMember(services::attribute_kinds()));
    setting->add_option("--options", set->options, "of a select: a,b,c")->delimiter(',');
    auto remove = std::make_shared<AttributesRemove>();
    command(attributes, "remove", "Forget an attribute", remove)
        ->add_option("NAME", remove->name)
        ->required();
  }

  std::optional<std::string> mistyped_words(const std::vector<std::string>& plain) const {
    if (auto mistyped = mistyped_command(plain, command_names())) return mistyped;
    if (plain.size() < 3 || plain[0] != "plugins" || plain[1] != "keys") return std::nullopt;
    return mistyped_command({"plugins keys", plain[2]},
                            {{"plugins keys", {"add", "list", "remove"}}});
  }

  CommandNames command_names() const {
    CommandNames names;
    for (const CLI::App* const one : app_.get_subcommands(nullptr)) {
      auto& commands = names[one->get_name()];
      for (const CLI::App* const inner : one->get_subcommands(nullptr))
        commands.push_back(inner->get_name());
    }
    return names;
  }

  static bool takes_value(const std::string& word) {
    return word == "--home" || word == "--timeout";
  }

  // Those that are neither an option nor the value of one that may stand before a command.
  static std::vector<std::string> plain_words(const std::vector<std::string>& words) {
    std::vector<std::string> plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (takes_value(words[i]))
        ++i;
      else if (words[i].rfind("-", 0) != 0)
        plain.push_back(words[i]);
    }
    return plain;
  }

  // Cuts what stands behind `run ID` off `words`.
  static std::vector<std::string> cut_plugin_words(std::vector<std::string>& words) {
    std::size_t plain = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (takes_value(words[i]))
        ++i;
      else if (words[i].rfind("-", 0) == 0)
        continue;
      else if (++plain == 1 && words[i] != "run")
        return {};
      else if (plain == 2) {
        const auto cut = words.begin() + static_cast<std::ptrdiff_t>(i) + 1;
        std::vector<std::string> rest(cut, words.end());
        words.erase(cut, words.end());
        return rest;
      }
    }
    return {};
  }

  const CLI::Validator seconds_{wrong_time, "SECONDS"};
  CLI::App app_;
  Arguments arguments_;
};

} // namespace

tl::expected<Arguments, NoCommand> parse(std::vector<std::string> words) {
  return Grammar().parse(std::move(words));
}

} // namespace host::cli
