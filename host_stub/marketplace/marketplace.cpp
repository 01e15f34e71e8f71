#include "marketplace/marketplace.hpp"

#include "bundle/keys.hpp"
#include "bundle/limits.hpp"
#include "home/files.hpp"
#include "marketplace/limits.hpp"
#include "marketplace/state.hpp"

namespace host::marketplace {
namespace {

std::filesystem::path root_file(const home::Folders& folders) {
  return folders.marketplace() / "root.pub";
}

Outcome<Document> take(const Source& source, const std::string& name, std::uint64_t length_max,
                       const terminal::Cancel& cancel) {
  auto content = source.read(name, length_max, cancel);
  if (!content) return tl::make_unexpected(content.error());
  auto signature = source.read(name + ".minisig", bundle::signature_length_max_bytes, cancel);
  if (!signature) return tl::make_unexpected(signature.error());
  return Document{std::move(*content), std::move(*signature)};
}

// An older one than was seen before, or another one that pretends to be the same.
Outcome<void> check_serial(const std::string& name, std::uint64_t serial, std::uint64_t seen,
                           const Document& before, const Document& now) {
  if (serial < seen)
    return problem("the marketplace's " + name + " is older than the one seen before (serial " +
                       std::to_string(serial) + ", before " + std::to_string(seen) +
                       "): somebody may be hiding what was withdrawn since. What was kept stays; "
                       "try again later, and ask the operator of the marketplace",
                   ERP_E_DENIED);
  if (serial == seen && !before.content.empty() && before.content != now.content)
    return problem("the marketplace's " + name + " is another one than before, with the same " +
                       "serial " + std::to_string(serial) +
                       "; ask its operator, who must raise the serial with every change",
                   ERP_E_DENIED);
  return {};
}

struct Read {
  Trust trust;
  Index index;
};

// Signatures, from the root down, and times.
Outcome<Read> read(const Document& keys, const Document& index, const bundle::PublicKey& root,
                   std::int64_t now) {
  auto trust = read_trust(keys, root);
  if (!trust) return tl::make_unexpected(trust.error());
  if (auto timely = check_time(trust->standing, keys_name, now); !timely)
    return tl::make_unexpected(timely.error());
  auto entries = read_index(index, trust->marketplace);
  if (!entries) return tl::make_unexpected(entries.error());
  if (auto timely = check_time(entries->standing, index_name, now); !timely)
    return tl::make_unexpected(timely.error());
  return Read{std::move(*trust), std::move(*entries)};
}

// Takes the documents of `source` into `state`; nothing is written.
Outcome<Catalogue> take_all(const Source& source, const bundle::PublicKey& root, State& state,
                            std::int64_t now, const terminal::Cancel& cancel) {
  auto keys = take(source, keys_name, keys_length_max_bytes, cancel);
  if (!keys) return tl::make_unexpected(keys.error());
  auto index = take(source, index_name, index_length_max_bytes, cancel);
  if (!index) return tl::make_unexpected(index.error());
  auto good = read(*keys, *index, root, now);
  if (!good) return tl::make_unexpected(good.error());
  Seen& seen = state.seen[root.fingerprint];
  const std::uint64_t keys_serial = good->trust.standing.serial;
  const std::uint64_t index_serial = good->index.standing.serial;
  if (auto fresh = check_serial(keys_name, keys_serial, seen.keys, state.keys, *keys); !fresh)
    return tl::make_unexpected(fresh.error());
  if (auto fresh = check_serial(index_name, index_serial, seen.index, state.index, *index); !fresh)
    return tl::make_unexpected(fresh.error());
  seen = {keys_serial, index_serial};
  state.keys = std::move(*keys);
  state.index = std::move(*index);
  return Catalogue{source, root, std::move(good->trust), std::move(good->index)};
}

struct Kept {
  State state;
  Source source;
  bundle::PublicKey root;
};

Outcome<Kept> read_kept(const home::Folders& folders) {
  auto state = read_state(folders);
  if (!state) return tl::make_unexpected(state.error());
  if (state->location.empty())
    return problem("this home has no marketplace; add one: marketplace add URL-or-FOLDER "
                   "--root-key FILE",
                   ERP_E_NOT_FOUND);
  auto root = bundle::read_key(root_file(folders));
  if (!root) return tl::make_unexpected(root.error());
  const auto source = Source::as_kept(state->location, state->ca_file);
  return Kept{std::move(*state), source, std::move(*root)};
}

} // namespace

Outcome<Catalogue> add(const home::Folders& folders, const Source& source,
                       const std::filesystem::path& root_key_file, std::int64_t now,
                       const terminal::Cancel& cancel) {
  auto state = read_state(folders);
  if (!state) return tl::make_unexpected(state.error());
  if (!state->location.empty())
    return problem("this home has a marketplace already, " + state->location +
                       "; remove it first: marketplace remove",
                   ERP_E_CONFLICT);
  const auto root = bundle::read_key(root_key_file);
  if (!root) return tl::make_unexpected(root.error());
  auto catalogue = take_all(source, *root, *state, now, cancel);
  if (!catalogue) return catalogue;
  state->location = source.location();
  state->ca_file = source.ca_file();
  if (auto made = home::make_private_folder(folders.marketplace()); !made)
    return tl::make_unexpected(made.error());
  const std::string text = "untrusted comment: root key of the marketplace\n" + root->text + "\n";
  if (auto put = home::replace_file(root_file(folders), text); !put)
    return tl::make_unexpected(put.error());
  if (auto put = write_state(folders, *state); !put) return tl::make_unexpected(put.error());
  return catalogue;
}

Outcome<Catalogue> refresh(const home::Folders& folders, std::int64_t now,
                           const terminal::Cancel& cancel) {
  auto there = read_kept(folders);
  if (!there) return tl::make_unexpected(there.error());
  auto catalogue = take_all(there->source, there->root, there->state, now, cancel);
  if (!catalogue) return catalogue;
  if (auto put = write_state(folders, there->state); !put) return tl::make_unexpected(put.error());
  return catalogue;
}

Outcome<Catalogue> kept(const home::Folders& folders, std::int64_t now) {
  auto there = read_kept(folders);
  if (!there) return tl::make_unexpected(there.error());
  auto good = read(there->state.keys, there->state.index, there->root, now);
  if (!good) return tl::make_unexpected(good.error());
  return Catalogue{there->source, there->root, std::move(good->trust), std::move(good->index)};
}

Outcome<std::string> remove(const home::Folders& folders) {
  auto state = read_state(folders);
  if (!state) return tl::make_unexpected(state.error());
  if (state->location.empty()) return problem("this home has no marketplace", ERP_E_NOT_FOUND);
  const std::string location = state->location;
  // The serials stay: adding it again must not let an old index pass for a new one.
  if (auto put = write_state(folders, {"", "", state->seen, {}, {}}); !put)
    return tl::make_unexpected(put.error());
  std::error_code ignored; // a key without a marketplace means nothing
  std::filesystem::remove(root_file(folders), ignored);
  return location;
}

} // namespace host::marketplace
