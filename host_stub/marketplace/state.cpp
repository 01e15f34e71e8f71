#include "marketplace/state.hpp"

#include "home/files.hpp"

#include <nlohmann/json.hpp>

namespace host::marketplace {
namespace {

using nlohmann::json;

std::filesystem::path file_of(const home::Folders& folders) {
  return folders.marketplace() / "state.json";
}

json as_json(const Document& document) {
  return {{"content", document.content}, {"signature", document.signature}};
}

Document document_of(const json& object) {
  return {object.at("content").get<std::string>(), object.at("signature").get<std::string>()};
}

} // namespace

Outcome<State> read_state(const home::Folders& folders) {
  const auto text = home::read_private_file(file_of(folders));
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return State{};
  try {
    const json content = json::parse(**text);
    State state{content.at("location").get<std::string>(),
                content.at("ca_file").get<std::string>(),
                {},
                document_of(content.at("keys")),
                document_of(content.at("index"))};
    for (const auto& [root, seen] : content.at("seen").items())
      state.seen[root] = {seen.at("keys").get<std::uint64_t>(),
                          seen.at("index").get<std::uint64_t>()};
    return state;
  } catch (const json::exception&) {
    return problem(file_of(folders).string() +
                       " was changed by somebody else than this program; put it back from a "
                       "backup, or delete it and add the marketplace again",
                   ERP_E_STORAGE);
  }
}

Outcome<void> write_state(const home::Folders& folders, const State& state) {
  if (auto made = home::make_private_folder(folders.marketplace()); !made) return made;
  json seen = json::object();
  for (const auto& [root, one] : state.seen)
    seen[root] = {{"keys", one.keys}, {"index", one.index}};
  const json content = {{"location", state.location},
                        {"ca_file", state.ca_file},
                        {"seen", seen},
                        {"keys", as_json(state.keys)},
                        {"index", as_json(state.index)}};
  return home::replace_file(file_of(folders),
                            content.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

} // namespace host::marketplace
