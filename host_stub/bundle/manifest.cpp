#include "bundle/manifest.hpp"

#include "bundle/version_order.hpp"
#include "erp/plugin.h"
#include "home/folders.hpp"

#include <algorithm>
#include <gnu/libc-version.h>
#include <nlohmann/json.hpp>
#include <regex>
#include <utility>

namespace host::bundle {
namespace {

using nlohmann::json;

constexpr std::uint32_t abi_major = 1; // the number in ERP_PLUGIN_ENTRY_NAME

#if defined(__x86_64__)
constexpr const char* platform = "x86_64-linux";
#elif defined(__aarch64__)
constexpr const char* platform = "aarch64-linux";
#else
#error "this machine has no name in bundles yet"
#endif

bool is_release(const std::string& text) { // "2.36"
  static const std::regex form(R"(\d{1,4}\.\d{1,4}(\.\d{1,4})?)");
  return std::regex_match(text, form);
}

// Reads members one by one; what is missing or of another kind becomes the one problem.
class Reader {
 public:
  explicit Reader(const json& object) : object_(object) {}
  std::string text(const char* name) {
    const auto found = object_.find(name);
    if (found != object_.end() && found->is_string()) return found->get<std::string>();
    wrong_ = wrong_.empty() ? std::string("no text \"") + name + "\"" : wrong_;
    return {};
  }
  std::uint32_t number(const char* name) {
    const auto found = object_.find(name);
    if (found != object_.end() && found->is_number_unsigned() &&
        found->get<std::uint64_t>() <= 1'000'000)
      return found->get<std::uint32_t>();
    wrong_ = wrong_.empty() ? std::string("no number \"") + name + "\"" : wrong_;
    return 0;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  const json& object_;
  std::string wrong_;
};

// Words of printable ASCII without blanks: they are shown to people and compared.
bool is_word(const std::string& text) {
  return !text.empty() && text.size() <= word_length_max_bytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// An array of words; empty if there is none.
Outcome<std::vector<std::string>> words_of(const json& object, const char* name) {
  std::vector<std::string> words;
  const auto found = object.find(name);
  if (found == object.end()) return words;
  const auto refuse = [&] {
    return problem(std::string("its \"") + name + "\" must be an array of at most " +
                   std::to_string(words_max) + " words");
  };
  if (!found->is_array() || found->size() > words_max) return refuse();
  for (const json& one : *found) {
    if (!one.is_string() || !is_word(one.get<std::string>())) return refuse();
    words.push_back(one.get<std::string>());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

Outcome<Permissions> permissions_in(const json& object) {
  auto services = words_of(object, "services");
  if (!services) return tl::make_unexpected(services.error());
  auto network = words_of(object, "network");
  if (!network) return tl::make_unexpected(network.error());
  return Permissions{std::move(*services), std::move(*network)};
}

json member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_object() ? *found : json::object();
}

} // namespace

std::string Manifest::trusted_comment() const {
  return "id=" + id + " version=" + version + " platform=" + platform +
         " abi=" + std::to_string(abi_major) + "." + std::to_string(min_host_minor);
}

Outcome<Manifest> parse_manifest(std::string_view text) {
  const json content = json::parse(text, nullptr, false);
  if (!content.is_object()) return problem("its plugin.json is no JSON object");
  Reader reader(content);
  Manifest manifest;
  manifest.id = reader.text("id");
  manifest.version = reader.text("version");
  manifest.platform = reader.text("platform");
  manifest.library = reader.text("library");
  const json abi = member(content, "abi");
  Reader numbers(abi);
  manifest.abi_major = numbers.number("major");
  manifest.min_host_minor = numbers.number("min_host_minor");
  for (const std::string& wrong : {reader.wrong(), numbers.wrong()})
    if (!wrong.empty()) return problem("its plugin.json has " + wrong);
  if (!home::is_plain_name(manifest.id) || !home::is_plain_name(manifest.version))
    return problem("id and version in its plugin.json must be made of letters, digits, '.', '-' "
                   "and '_'");
  if (!home::is_plain_name(manifest.platform))
    return problem("platform in its plugin.json is no name such as x86_64-linux");
  auto permissions = permissions_in(member(content, "permissions"));
  if (!permissions) return problem("in its plugin.json, " + permissions.error().message);
  manifest.permissions = std::move(*permissions);
  if (content.contains("interfaces")) {
    auto interfaces = words_of(content, "interfaces");
    if (!interfaces) return problem("in its plugin.json, " + interfaces.error().message);
    manifest.interfaces = std::move(*interfaces);
  }
  const json runtime = member(content, "runtime");
  const auto glibc = runtime.find("glibc");
  if (glibc != runtime.end() && !glibc->is_null()) {
    if (!glibc->is_string() || !is_release(glibc->get<std::string>()))
      return problem("runtime.glibc in its plugin.json is no version such as 2.36");
    manifest.glibc = glibc->get<std::string>();
  }
  return manifest;
}

Outcome<Permissions> parse_permissions(std::string_view text) {
  const json content = json::parse(text, nullptr, false);
  if (!content.is_object()) return problem("the permissions are no JSON object");
  return permissions_in(content);
}

std::string to_json(const Permissions& permissions) {
  return json{{"services", permissions.services}, {"network", permissions.network}}.dump();
}

Place this_place() {
  return {platform, abi_major, ERP_ABI_MINOR, gnu_get_libc_version()};
}

Outcome<void> fits(const Manifest& manifest, const Place& place) {
  const auto refuse = [](const std::string& why) { return problem(why, ERP_E_UNSUPPORTED); };
  if (manifest.platform != place.platform)
    return refuse("it is built for " + manifest.platform + ", and this host is " + place.platform +
                  "; get the bundle for " + place.platform);
  if (manifest.abi_major != place.abi_major)
    return refuse("it is built for version " + std::to_string(manifest.abi_major) +
                  " of the plugin interface, and this host has " + std::to_string(place.abi_major));
  if (manifest.min_host_minor > place.abi_minor)
    return refuse("it needs version " + std::to_string(manifest.abi_major) + "." +
                  std::to_string(manifest.min_host_minor) +
                  " of the plugin interface, and this host has " + std::to_string(place.abi_major) +
                  "." + std::to_string(place.abi_minor) + "; a newer host can load it");
  if (compare_versions(manifest.glibc, place.glibc) > 0)
    return refuse("it needs glibc " + manifest.glibc + ", and this system has " + place.glibc +
                  "; it runs on a newer system");
  return {};
}

} // namespace host::bundle
