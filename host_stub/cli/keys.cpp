#include "bundle/keys.hpp"

#include "cli/session.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {

int perform(const Session& session, const KeysList& command) {
  const auto keys = bundle::trusted_keys(session.host.folders);
  if (!keys) return session.fail(keys.error());
  auto list = nlohmann::json::array();
  std::string text;
  for (const bundle::PublicKey& key : *keys) {
    list.push_back({{"name", key.name}});
    text += key.name + "\n";
  }
  if (command.json) text = list.dump(2) + "\n";
  if (text.empty()) text = "No publisher's key is trusted. Add one: plugins keys add FILE.pub\n";
  session.terminal.out(text);
  return exit_ok;
}

int perform(const Session& session, const KeysAdd& command) {
  const auto key = bundle::add_key(session.host.folders, session.terminal.resolve(command.file));
  if (!key) return session.fail(key.error());
  session.terminal.out("bundles signed with the key " + key->name + " can be installed now\n");
  return exit_ok;
}

int perform(const Session& session, const KeysRemove& command) {
  if (auto removed = bundle::remove_key(session.host.folders, command.name); !removed)
    return session.fail(removed.error());
  session.terminal.out("bundles signed with the key " + command.name +
                       " are not installed any more\n");
  return exit_ok;
}

} // namespace host::cli
