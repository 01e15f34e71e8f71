#include "erp/sdk/borrowed.hpp"
#include "home/folders.hpp"
#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

namespace host::validate {
namespace {

using nlohmann::json;

std::string text_of(const json& manifest, const char* name) {
  const auto found = manifest.find(name);
  require(found != manifest.end() && found->is_string(), manifest_valid.what,
          std::string("\"") + name + "\" is missing, or is no text");
  return found->get<std::string>();
}

json manifest_of(const Subject& subject) {
  std::ifstream stream(subject.bundle / "plugin.json", std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  const json manifest = json::parse(text.str(), nullptr, false);
  require(manifest.is_object(), manifest_valid.what, "plugin.json is no JSON object");
  return manifest;
}

void compare(const char* name, const std::string& told, const erp_str& own) {
  require(told == erp::view(own), manifest_valid.what,
          std::string("plugin.json says ") + name + " " + told + ", the library says " +
              std::string(erp::view(own)));
}

void look_at_interfaces(const Subject& subject, const erp_plugin& plugin, const json& manifest) {
  const auto found = manifest.find("interfaces");
  if (found == manifest.end()) return;
  require(found->is_array(), manifest_valid.what, "\"interfaces\" is no array");
  TrialHost host(subject, "manifest", subject.scratch / "data");
  Instance instance(plugin, host);
  instance.create_or_skip(subject);
  for (const json& one : *found) {
    require(one.is_string(), manifest_valid.what, "\"interfaces\" holds something that is no text");
    const auto id = one.get<std::string>();
    require(instance.table(id), "it offers each interface that plugin.json declares",
            "no table for \"" + id + "\"");
  }
  for (const std::string& id : interface_ids())
    if (instance.table(id))
      require(std::find(found->begin(), found->end(), json(id)) != found->end(),
              "plugin.json declares each interface that it offers",
              "\"" + id + "\" is missing there");
  instance.end();
}

void run(const Subject& subject) {
  if (subject.bundle.empty()) skip("a bare library has no plugin.json; give a folder that has one");
  const json manifest = manifest_of(subject);
  const std::string id = text_of(manifest, "id"), version = text_of(manifest, "version");
  require(home::is_plain_name(id), "an id of letters, digits, '.', '-' and '_'", id);
  static const std::regex semantic(
      R"((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)");
  require(std::regex_match(version, semantic), "a version such as 1.4.0 (semver.org)", version);
  const erp_plugin& plugin = plugin_of(subject);
  compare("id", id, plugin.id);
  compare("version", version, plugin.version);
  look_at_interfaces(subject, plugin, manifest);
}

} // namespace

const Check manifest_valid = {
    "manifest-valid",
    "host_stub/README.md",
    "plugin.json says of the library what the library says of itself",
    "People decide by plugin.json what they install; the host runs the library.",
    "Write \"id\", \"version\" and \"library\" into plugin.json, and \"interfaces\" if you list "
    "them; "
    "let the build fill in what the source knows already.",
    run};

} // namespace host::validate
