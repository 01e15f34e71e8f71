#include "marketplace/members.hpp"

#include "erp/sdk/document.hpp"
#include "home/folders.hpp"
#include "marketplace/limits.hpp"

#include <nlohmann/json.hpp>

namespace host::marketplace {

using nlohmann::json;

Members::Members(const json& object, std::string what) : object_(object), what_(std::move(what)) {
  if (!object_.is_object()) refuse("is no object");
}

void Members::refuse(const std::string& why) {
  if (good()) wrong_ = what_ + " " + why;
}

const json* Members::find(const char* name) {
  if (!good()) return nullptr;
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string Members::text(const char* name) {
  const json* const found = find(name);
  if (found && found->is_string() && !found->get_ref<const std::string&>().empty())
    return text_or_nothing(name);
  refuse(std::string("has no text \"") + name + "\"");
  return {};
}

std::string Members::text_or_nothing(const char* name) {
  const json* const found = find(name);
  if (!found) return {};
  if (found->is_string() && found->get_ref<const std::string&>().size() <= text_length_max_bytes)
    return found->get<std::string>();
  refuse(std::string("has a \"") + name + "\" that is no text of at most " +
         std::to_string(text_length_max_bytes) + " bytes");
  return {};
}

std::string Members::plain_name(const char* name) {
  const std::string found = text(name);
  if (!good() || home::is_plain_name(found)) return found;
  refuse(std::string("has a \"") + name + "\" that is not made of letters, digits, '.', '-', '_'");
  return {};
}

std::uint64_t Members::number(const char* name, std::uint64_t max) {
  const json* const found = find(name);
  if (found && found->is_number_unsigned() && found->get<std::uint64_t>() <= max)
    return found->get<std::uint64_t>();
  refuse(std::string("has no number \"") + name + "\" up to " + std::to_string(max));
  return 0;
}

std::int64_t Members::instant(const char* name) {
  const auto found = erp::parse_instant(text(name));
  if (found) return *found;
  refuse(std::string("has no time \"") + name + "\" such as 2026-11-20T10:00:00Z");
  return 0;
}

std::string Members::digest(const char* name) {
  const std::string found = text(name);
  if (found.size() == 64 && found.find_first_not_of("0123456789abcdef") == std::string::npos)
    return found;
  refuse(std::string("has no SHA-256 \"") + name + "\"");
  return {};
}

bundle::PublicKey Members::key(const char* name) {
  const auto found = bundle::parse_key_line(text(name));
  if (found) return *found;
  refuse(std::string("has no \"") + name + "\" that is a public key of minisign");
  return {};
}

std::vector<std::string> Members::lines(const char* name, std::size_t count_max) {
  std::vector<std::string> found;
  for (const json& one : array(name, count_max, true)) {
    if (!one.is_string() || one.get_ref<const std::string&>().size() > text_length_max_bytes) {
      refuse(std::string("has a \"") + name + "\" that holds something else than short texts");
      return {};
    }
    found.push_back(one.get<std::string>());
  }
  return found;
}

const json& Members::object(const char* name) {
  static const json nothing = json::object();
  const json* const found = find(name);
  if (found && found->is_object()) return *found;
  refuse(std::string("has no object \"") + name + "\"");
  return nothing;
}

const json& Members::array(const char* name, std::size_t count_max, bool may_be_missing) {
  static const json nothing = json::array();
  const json* const found = find(name);
  if (!found && may_be_missing) return nothing;
  if (found && found->is_array() && found->size() <= count_max) return *found;
  refuse(std::string("has no array \"") + name + "\" of at most " + std::to_string(count_max));
  return nothing;
}

} // namespace host::marketplace
