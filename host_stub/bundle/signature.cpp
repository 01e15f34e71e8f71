#include "bundle/signature.hpp"

#include "bundle/digest.hpp"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <optional>

namespace host::bundle {
namespace {

constexpr std::size_t signature_size = 64;
constexpr std::size_t blob_size = 2 + 8 + signature_size; // algorithm, key id, signature
constexpr std::string_view comment_mark = "trusted comment: ";

std::optional<std::string> decoded(std::string_view base64) {
  if (base64.empty() || base64.size() % 4 != 0 || base64.size() > 1024) return std::nullopt;
  std::string bytes(base64.size() / 4 * 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(base64.data()), int(base64.size()));
  if (length < 0) return std::nullopt;
  const auto padding = std::min<std::size_t>(
      2, base64.size() - 1 - std::min(base64.size() - 1, base64.find_last_not_of('=')));
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

// The id is a little-endian number; minisign prints it as one.
std::string label_of(std::string_view id) {
  std::string name;
  for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
    name += "0123456789ABCDEF"[static_cast<unsigned char>(*byte) >> 4];
    name += "0123456789ABCDEF"[static_cast<unsigned char>(*byte) & 15];
  }
  return name.erase(0, std::min(name.find_first_not_of('0'), name.size() - 1)); // as minisign
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string blake2b(std::string_view content) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_Digest(content.data(), content.size(), digest, &length, EVP_blake2b512(), nullptr) != 1)
    return {};
  return std::string(reinterpret_cast<const char*>(digest), length);
}

bool is_signed(const PublicKey& key, std::string_view message, std::string_view signature) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> ed25519(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.key.data(), key.key.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  return ed25519 && context && !message.empty() &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, ed25519.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                          message.size()) == 1;
}

} // namespace

Outcome<PublicKey> parse_key_line(std::string_view line) {
  const auto bytes = decoded(line);
  if (!bytes || bytes->size() != 2 + 8 + 32 || bytes->substr(0, 2) != "Ed")
    return problem("this is no public key of minisign: 56 letters and digits that begin with RW");
  PublicKey key;
  std::copy_n(bytes->begin() + 2, key.id.size(), key.id.begin());
  std::copy_n(bytes->begin() + 10, key.key.size(), key.key.begin());
  key.text = line;
  key.fingerprint = sha256(bytes->substr(10));
  key.label = label_of(bytes->substr(2, 8));
  return key;
}

Outcome<PublicKey> parse_public_key(std::string_view text) {
  const auto lines = lines_of(text);
  auto key = parse_key_line(lines.size() == 2 ? lines[1] : "");
  if (!key)
    return problem("this is no public key of minisign: two lines, as `minisign -G` writes them "
                   "into a .pub file");
  return key;
}

Outcome<Verified> verify(std::string_view content, std::string_view signature,
                         const std::vector<PublicKey>& keys) {
  const auto lines = lines_of(signature);
  const auto blob = lines.size() == 4 ? decoded(lines[1]) : std::nullopt;
  const auto whole = lines.size() == 4 ? decoded(lines[3]) : std::nullopt;
  if (!blob || blob->size() != blob_size || !whole || whole->size() != signature_size ||
      lines[2].substr(0, comment_mark.size()) != comment_mark)
    return problem("the signature is no file of minisign; get it again from the publisher");
  if (blob->substr(0, 2) == "Ed")
    return problem("the signature has the older form of minisign, which is not accepted; the "
                   "publisher must sign anew with minisign 0.10 or newer, without -l");
  if (blob->substr(0, 2) != "ED")
    return problem("the signature has a form that minisign does not make");
  const std::string_view id = std::string_view(*blob).substr(2, 8);
  const std::string_view made = std::string_view(*blob).substr(10);
  const std::string_view comment = lines[2].substr(comment_mark.size());
  const std::string digest = blake2b(content);
  bool id_is_known = false;
  for (const PublicKey& key : keys) { // several may have the same id: their makers chose it
    if (std::string_view(reinterpret_cast<const char*>(key.id.data()), key.id.size()) != id)
      continue;
    id_is_known = true;
    if (!is_signed(key, digest, made)) continue;
    if (!is_signed(key, std::string(made) + std::string(comment), *whole))
      return problem("the trusted comment of the signature was changed; get the signature again "
                     "from the publisher",
                     ERP_E_DENIED);
    return Verified{std::string(comment), key};
  }
  if (id_is_known)
    return problem("the file is not the one that was signed: it is damaged, or was changed; get "
                   "it again from the publisher",
                   ERP_E_DENIED);
  return problem("it is signed with another key, which calls itself " + label_of(id),
                 ERP_E_NOT_FOUND);
}

} // namespace host::bundle
