#include "secrets/secret_store.hpp"

#include "home/files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::secrets {
namespace {

using nlohmann::json;

constexpr std::size_t scrubbed_length_min = 6; // shorter values would hide plain words

bool some_store_exists(const home::Folders& folders) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folders.secrets(), error))
    if (entry.path().extension() == ".sealed") return true;
  return false;
}

Outcome<Key> key_of(const home::Folders& folders) {
  auto content = home::read_private_file(folders.secret_key());
  if (!content) return tl::make_unexpected(content.error());
  if (!*content) {
    // A new key would make what is sealed unreadable for ever; a person must bring the old one.
    if (some_store_exists(folders))
      return problem("the key " + folders.secret_key().string() +
                         " is missing, and there are secrets sealed with it; put it back from a "
                         "backup, or delete " +
                         folders.secrets().string() + " and enter the secrets again",
                     ERP_E_STORAGE);
    const Key key = make_key();
    const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
    if (auto made = home::create_file(folders.secret_key(), bytes); !made)
      return tl::make_unexpected(made.error());
    return key;
  }
  Key key;
  if ((*content)->size() != key.size())
    return problem(folders.secret_key().string() + " is no key", ERP_E_STORAGE);
  std::copy((*content)->begin(), (*content)->end(), key.begin());
  return key;
}

} // namespace

SecretStore::SecretStore(std::filesystem::path file, std::string bound_to, Key key)
    : file_(std::move(file)), bound_to_(std::move(bound_to)), key_(key) {}

Outcome<std::unique_ptr<SecretStore>> SecretStore::open(const home::Folders& folders,
                                                        const std::string& plugin) {
  const auto key = key_of(folders);
  if (!key) return tl::make_unexpected(key.error());
  std::unique_ptr<SecretStore> store(
      new SecretStore(folders.secrets_of(plugin), "erp-host secrets 1 " + plugin, *key));
  if (auto loaded = store->load(); !loaded) return tl::make_unexpected(loaded.error());
  return store;
}

Outcome<void> SecretStore::load() {
  const auto sealed = home::read_private_file(file_);
  if (!sealed) return tl::make_unexpected(sealed.error());
  if (!*sealed) return {};
  const auto text = unseal(key_, bound_to_, **sealed);
  if (!text) return problem(file_.string() + ": " + text.error().message, ERP_E_STORAGE);
  const json content = json::from_cbor(*text, true, false);
  if (!content.is_object()) return problem(file_.string() + " is damaged", ERP_E_STORAGE);
  last_version_ = content.at("last_version");
  for (const json& one : content.at("secrets")) {
    const auto& bytes = one.at("value").get_binary();
    secrets_[one.at("key")] = {std::string(bytes.begin(), bytes.end()), one.at("version")};
  }
  return {};
}

Outcome<void> SecretStore::save(const Secrets& secrets, std::uint64_t last_version) {
  json list = json::array();
  for (const auto& [key, secret] : secrets)
    list.push_back({{"key", key},
                    {"version", secret.version},
                    {"value", json::binary({secret.value.begin(), secret.value.end()})}});
  const auto bytes = json::to_cbor(json{{"last_version", last_version}, {"secrets", list}});
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (auto written = home::replace_file(file_, seal(key_, bound_to_, text)); !written)
    return written;
  secrets_ = secrets;
  last_version_ = last_version;
  return {};
}

std::optional<Secret> SecretStore::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = secrets_.find(key);
  if (found == secrets_.end()) return std::nullopt;
  return found->second;
}

Outcome<std::uint64_t> SecretStore::put(const std::string& key, std::string_view value,
                                        std::uint64_t if_version) {
  if (key.empty() || key.size() > 256 || value.size() > secret_length_max_bytes)
    return problem("a secret has a name of at most 256 bytes and a value of at most 65536");
  const std::lock_guard lock(mutex_);
  const auto found = secrets_.find(key);
  const std::uint64_t version_there = found == secrets_.end() ? 0 : found->second.version;
  if (version_there != if_version)
    return problem("the secret was changed in the meantime", ERP_E_CONFLICT);
  Secrets changed = secrets_;
  const std::uint64_t version = last_version_ + 1;
  changed[key] = {std::string(value), version};
  if (auto saved = save(changed, version); !saved) return tl::make_unexpected(saved.error());
  return version;
}

Outcome<void> SecretStore::set(const std::string& key, std::string_view value) {
  while (true) {
    const auto there = find(key);
    const auto put_there = put(key, value, there ? there->version : 0);
    if (put_there) return {};
    if (put_there.error().status != ERP_E_CONFLICT) return tl::make_unexpected(put_there.error());
  }
}

Outcome<void> SecretStore::erase(const std::string& key) {
  const std::lock_guard lock(mutex_);
  if (!secrets_.count(key)) return {};
  Secrets changed = secrets_;
  changed.erase(key);
  return save(changed, last_version_);
}

std::vector<std::string> SecretStore::keys() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> result;
  for (const auto& [key, secret] : secrets_)
    result.push_back(key);
  return result;
}

std::string SecretStore::scrubbed(std::string text) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, secret] : secrets_) {
    if (secret.value.size() < scrubbed_length_min) continue;
    for (std::size_t at = text.find(secret.value); at != std::string::npos;
         at = text.find(secret.value, at))
      text.replace(at, secret.value.size(), "***");
  }
  return text;
}

} // namespace host::secrets
