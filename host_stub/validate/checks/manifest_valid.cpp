#include "bundle/manifest.hpp"
#include "erp/sdk/borrowed.hpp"
#include "home/folders.hpp"
#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/surroundings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

namespace host::validate {
namespace {

using nlohmann::json;

std::string text_of(const json& manifest, const char* name) {
  const auto found = manifest.find(name);
  require(found != manifest.end() && found->is_string(), manifest_valid.what,
          std::string("\"") + name + "\" is missing, or is no text");
  return found->get<std::string>();
}

json parsed(const std::string& text) {
  json content = json::parse(text, nullptr, false);
  require(content.is_object(), manifest_valid.what, "plugin.json is no JSON object");
  return content;
}

void compare(const char* name, const std::string& told, const std::string& own) {
  require(told == own, manifest_valid.what,
          std::string("plugin.json says ") + name + " " + told + ", the library says " + own);
}

void look_at_interfaces(const Instance& instance, const json& manifest) {
  const auto found = manifest.find("interfaces");
  if (found == manifest.end()) return;
  require(found->is_array(), manifest_valid.what, "\"interfaces\" is no array");
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
}

void look_at_permissions(const json& manifest) {
  static const std::regex address(R"((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*:[1-9]\d{0,4})");
  const json& asked = manifest.at("permissions");
  for (const char* const kind : {"services", "network"}) {
    const auto found = asked.is_object() ? asked.find(kind) : asked.end();
    require(asked.is_object() && found != asked.end() && found->is_array(),
            "\"permissions\" lists \"services\" and \"network\"",
            std::string("no array \"") + kind + "\"");
    for (const json& one : *found)
      require(one.is_string(), "permissions are texts", std::string(kind) + " holds " + one.dump());
  }
  for (const auto& id : asked.at("services").get<std::vector<std::string>>())
    if (std::count(trial_services().begin(), trial_services().end(), id) == 0)
      fail("services that there are: " + joined(trial_services()), id);
  for (const auto& place : asked.at("network").get<std::vector<std::string>>())
    require(std::regex_match(place, address), "addresses such as *.example.com:443", place);
}

// What an administrator reads before installing a bundle, and what a host must know of it.
void look_at_bundle(const std::string& text, const json& manifest) {
  if (const auto understood = bundle::parse_manifest(text); !understood)
    fail("a plugin.json that hosts understand", understood.error().message);
  for (const char* const name : {"name", "publisher", "license", "category", "summary"})
    require(!text_of(manifest, name).empty(), manifest_valid.what,
            std::string("\"") + name + "\" is empty");
  for (const char* const name : {"does", "touches", "needs", "interfaces"})
    require(manifest.contains(name) && manifest.at(name).is_array(), manifest_valid.what,
            std::string("no array \"") + name + "\"");
  require(manifest.contains("permissions"), manifest_valid.what, "no \"permissions\"");
  look_at_permissions(manifest);
}

void compare_bundle(const Subject& subject, const json& manifest, const erp_plugin& plugin,
                    const Instance& instance) {
  const json& abi = manifest.at("abi");
  compare("abi.built_minor", abi.value("built_minor", json()).dump(),
          std::to_string(plugin.abi_minor));
  compare("abi.min_host_minor", abi.value("min_host_minor", json()).dump(),
          std::to_string(plugin.min_host_minor));
  const json named = manifest.value("settings_schema", json());
  const std::string own = instance.schema();
  require(named.is_string() == !own.empty(), "a \"settings_schema\" if it has settings",
          own.empty() ? "it has no settings, and plugin.json names a schema of them"
                      : "it has settings, and plugin.json names no schema of them");
  if (own.empty()) return;
  const auto file = std::filesystem::path(named.get<std::string>()).lexically_normal();
  require(!file.is_absolute() && *file.begin() != "..", "a \"settings_schema\" in the bundle",
          file.string());
  require(json::parse(text_in(subject.folder / file), nullptr, false) ==
              json::parse(own, nullptr, false),
          "the \"settings_schema\" is what the library says of its settings",
          file.string() + " is missing, or says something else");
}

void run(const Subject& subject) {
  const std::string text = text_in(subject.folder / "plugin.json");
  const json manifest = parsed(text);
  const std::string id = text_of(manifest, "id"), version = text_of(manifest, "version");
  require(home::is_plain_name(id), "an id of letters, digits, '.', '-' and '_'", id);
  static const std::regex semantic(
      R"((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)");
  require(std::regex_match(version, semantic), "a version such as 1.4.0 (semver.org)", version);
  const bool is_bundle = !subject.archive.empty();
  if (is_bundle) look_at_bundle(text, manifest);
  if (subject.library.empty()) skip("the library is not there; bundle-shape says more");
  const erp_plugin& plugin = plugin_of(subject);
  compare("id", id, std::string(erp::view(plugin.id)));
  compare("version", version, std::string(erp::view(plugin.version)));
  TrialHost host(subject, "manifest", subject.scratch / "data");
  Instance instance(plugin, host);
  instance.create_or_skip(subject);
  look_at_interfaces(instance, manifest);
  if (is_bundle) compare_bundle(subject, manifest, plugin, instance);
  instance.end();
}

} // namespace

const Check manifest_valid = {
    "manifest-valid",
    "packaging/README.md",
    "plugin.json says of the library what the library says of itself, and all a reader needs",
    "People decide by plugin.json what they install; the host runs the library.",
    "Write \"id\", \"version\" and \"library\" into plugin.json, and \"interfaces\" if you list "
    "them; for a bundle let packaging/bundle fill in what the library knows already.",
    run,
    "Whether what a person reads there (does, touches, needs) is true; whether the plugin keeps to "
    "its permissions. Of a folder that is no bundle only id, version, library and interfaces are "
    "looked at.",
    Needs::folder};

} // namespace host::validate
