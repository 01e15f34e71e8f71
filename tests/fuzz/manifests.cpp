#include "bundle/manifest.hpp"
#include "bundle/signature.hpp"
#include "bundle/version_order.hpp"
#include "look_at.hpp"
#include "must.hpp"

#include <algorithm>

// A manifest is refused with words, or names nothing that could steer a path or a terminal; a
// signature or a key is refused with words, or is none of ours.
namespace {

bool is_plain(const std::string& text) {
  return !text.empty() && text.front() != '.' &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789.-_") == std::string::npos;
}

bool are_words(const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c <= '~'; });
  });
}

void look_at_manifest(std::string_view input) {
  using namespace host::bundle;
  const auto manifest = parse_manifest(input);
  if (!manifest) {
    fuzz::must(!manifest.error().message.empty(), "a refusal says why");
    return;
  }
  fuzz::must(is_plain(manifest->id) && is_plain(manifest->version) && is_plain(manifest->platform),
             "id, version and platform are plain names");
  fuzz::must(are_words(manifest->permissions.services) && are_words(manifest->permissions.network),
             "permissions are words that can be shown");
  const auto again = parse_permissions(to_json(manifest->permissions));
  fuzz::must(again && again->services == manifest->permissions.services &&
                 again->network == manifest->permissions.network,
             "permissions are kept as they are");
  const auto fitting = fits(*manifest, this_place());
  fuzz::must(fitting.has_value() || !fitting.error().message.empty(), "what does not fit says why");
  fuzz::must(compare_versions(manifest->version, manifest->version) == 0,
             "a version is as old as itself");
}

} // namespace

void look_at(std::string_view input) {
  look_at_manifest(input);
  const auto key = host::bundle::parse_public_key(input);
  fuzz::must(key.has_value() || !key.error().message.empty(), "a key is refused with words");
  const auto verified = host::bundle::verify("content", input, {});
  fuzz::must(!verified && !verified.error().message.empty(), "without keys no signature is good");
}
