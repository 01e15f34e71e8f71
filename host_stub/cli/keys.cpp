#include "bundle/keys.hpp"

#include "cli/session.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

// The key itself and its digest: what a person compares. The label in it proves nothing.
std::string lines_of(const bundle::PublicKey& key) {
  return "  key      " + key.text + "\n  SHA-256  " + key.fingerprint + "\n";
}

} // namespace

int perform(const Session& session, const KeysList& command) {
  const auto files = bundle::key_files(session.host.folders);
  if (!files) return session.fail(files.error());
  auto list = nlohmann::json::array();
  std::string text;
  for (const auto& [key, file] : *files) {
    const std::string name = terminal::shown(file.filename().string());
    list.push_back({{"sha256", key.fingerprint}, {"key", key.text}, {"file", name}});
    text += name + "\n" + lines_of(key);
  }
  if (command.json) text = list.dump(2) + "\n";
  if (text.empty()) text = "No publisher's key is trusted. Add one: plugins keys add FILE.pub\n";
  session.terminal.out(text);
  return exit_ok;
}

int perform(const Session& session, const KeysAdd& command) {
  const auto key = bundle::add_key(session.host.folders, session.terminal.resolve(command.file));
  if (!key) return session.fail(key.error());
  session.terminal.out("bundles signed with this key can be installed now:\n" + lines_of(*key) +
                       "Compare it with what the publisher tells you. If it is another one: "
                       "plugins keys remove " +
                       key->fingerprint.substr(0, 16) + "\n");
  return exit_ok;
}

int perform(const Session& session, const KeysRemove& command) {
  const auto removed = bundle::remove_key(session.host.folders, command.name);
  if (!removed) return session.fail(removed.error());
  session.terminal.out("bundles signed with this key are not installed any more:\n" +
                       lines_of(*removed));
  return exit_ok;
}

} // namespace host::cli
