#include "marketplace/trust.hpp"

#include "marketplace/limits.hpp"
#include "marketplace/members.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace host::marketplace {
namespace {

bool covers(const std::string& prefix, const std::string& id) {
  return id == prefix || id.rfind(prefix + ".", 0) == 0;
}

} // namespace

std::vector<Publisher> Trust::allowed_for(const std::string& id) const {
  std::vector<Publisher> allowed;
  for (const Publisher& one : publishers)
    if (std::any_of(one.prefixes.begin(), one.prefixes.end(),
                    [&](const std::string& prefix) { return covers(prefix, id); }))
      allowed.push_back(one);
  return allowed;
}

Outcome<Trust> read_trust(const Document& document, const bundle::PublicKey& root) {
  const auto content = verified(document, keys_name, {root}, "the root key that was added");
  if (!content) return tl::make_unexpected(content.error());
  const auto refuse = [](const std::string& why) {
    return problem("the marketplace's keys.json cannot be used: " + why);
  };
  Members members(*content, "it");
  Trust trust;
  trust.standing.serial = members.number("serial", std::numeric_limits<std::int64_t>::max());
  trust.standing.expires_at = members.instant("expires");
  for (const auto& line : members.lines("marketplace", keys_max)) {
    const auto key = bundle::parse_key_line(line);
    if (!key) return refuse("a key of the marketplace is no public key of minisign");
    trust.marketplace.push_back(*key);
  }
  std::size_t count = 0;
  for (const auto& one : members.array("publishers", publishers_max)) {
    Members publisher(one, "publisher " + std::to_string(++count));
    trust.publishers.push_back(
        {publisher.text("name"), publisher.key("key"), publisher.lines("prefixes", prefixes_max)});
    if (!publisher.good()) return refuse(publisher.wrong());
  }
  if (!members.good()) return refuse(members.wrong());
  return trust;
}

} // namespace host::marketplace
