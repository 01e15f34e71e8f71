#include "marketplace/index.hpp"

#include "bundle/limits.hpp"
#include "bundle/open.hpp"
#include "home/folders.hpp"
#include "marketplace/limits.hpp"
#include "marketplace/members.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace host::marketplace {
namespace {

using nlohmann::json;

// A name beside index.json, not a path.
bool is_file_name(const std::string& name) {
  return !name.empty() && name.size() <= 200 && name[0] != '.' && bundle::is_bundle(name) &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789._+-") == std::string::npos;
}

Entry read_texts(Members& members) {
  Entry entry;
  entry.id = members.plain_name("id");
  entry.version = members.plain_name("version");
  entry.platform = members.plain_name("platform");
  entry.name = members.text("name");
  entry.category = members.text("category");
  entry.summary = members.text("summary");
  entry.publisher = members.text("publisher");
  entry.channel = members.plain_name("channel");
  entry.changelog = members.text_or_nothing("changelog");
  entry.does = members.lines("does", lines_max);
  entry.touches = members.lines("touches", lines_max);
  entry.needs = members.lines("needs", lines_max);
  return entry;
}

Outcome<Entry> read_entry(const json& object, const std::string& what) {
  Members members(object, what);
  Entry entry = read_texts(members);
  entry.file = members.text("file");
  if (!is_file_name(entry.file))
    members.refuse("has a \"file\" that is no name of a bundle beside the index");
  entry.size_bytes = members.number("size", bundle::Limits().packed_max_bytes);
  entry.sha256 = members.digest("sha256");
  entry.key = members.key("key");
  Members abi(members.object("abi"), what + "'s abi");
  entry.fitting.id = entry.id;
  entry.fitting.version = entry.version;
  entry.fitting.platform = entry.platform;
  entry.fitting.abi_major = static_cast<std::uint32_t>(abi.number("major", 1'000'000));
  entry.fitting.min_host_minor =
      static_cast<std::uint32_t>(abi.number("min_host_minor", 1'000'000));
  entry.fitting.glibc = members.text_or_nothing("glibc");
  const auto permissions = bundle::parse_permissions(members.object("permissions").dump());
  for (const std::string& wrong : {members.wrong(), abi.wrong()})
    if (!wrong.empty()) return problem(wrong);
  if (!permissions) return problem(what + ": " + permissions.error().message);
  entry.permissions = *permissions;
  return entry;
}

Outcome<Revocation> read_revocation(const json& object, const std::string& what) {
  Members members(object, what);
  Revocation revocation{members.plain_name("id"), members.lines("versions", versions_max),
                        members.text("reason")};
  if (!members.good()) return problem(members.wrong());
  return revocation;
}

template <class One, class Read>
Outcome<std::vector<One>> read_all(const json& array, const std::string& what, Read read) {
  std::vector<One> all;
  for (const json& object : array) {
    auto one = read(object, what + " " + std::to_string(all.size() + 1));
    if (!one) return tl::make_unexpected(one.error());
    all.push_back(std::move(*one));
  }
  return all;
}

} // namespace

std::optional<std::string> Index::revoked_because(const std::string& id,
                                                  const std::string& version) const {
  for (const Revocation& one : revoked)
    if (one.id == id &&
        (one.versions.empty() || std::count(one.versions.begin(), one.versions.end(), version) > 0))
      return one.reason;
  return std::nullopt;
}

Outcome<Index> read_index(const Document& document, const std::vector<bundle::PublicKey>& keys) {
  const auto content =
      verified(document, index_name, keys, "a key that its root vouches for in keys.json");
  if (!content) return tl::make_unexpected(content.error());
  const auto refuse = [](const std::string& why) {
    return problem("the marketplace's index.json cannot be used: " + why);
  };
  Members members(*content, "it");
  Index index;
  index.standing.serial = members.number("serial", std::numeric_limits<std::int64_t>::max());
  index.standing.expires_at = members.instant("expires");
  auto entries = read_all<Entry>(members.array("entries", entries_max), "entry", read_entry);
  if (!entries) return refuse(entries.error().message);
  auto revoked = read_all<Revocation>(members.array("revoked", revocations_max, true), "revocation",
                                      read_revocation);
  if (!revoked) return refuse(revoked.error().message);
  if (!members.good()) return refuse(members.wrong());
  index.entries = std::move(*entries);
  index.revoked = std::move(*revoked);
  return index;
}

} // namespace host::marketplace
