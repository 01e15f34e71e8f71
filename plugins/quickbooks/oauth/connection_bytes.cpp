#include "oauth/connection_bytes.hpp"

#include <cstdint>

namespace qb::oauth {

namespace {

// Lengths and numbers as eight bytes, lowest first; texts as length and bytes. One buffer of the
// final size, so that no half-grown copy of a token stays behind in memory.
constexpr std::size_t number_size_bytes = 8;

void put(std::string& out, std::uint64_t number) {
  for (std::size_t i = 0; i < number_size_bytes; ++i)
    out += static_cast<char>((number >> (8 * i)) & 0xff);
}
void put(std::string& out, const std::string& text) {
  put(out, text.size());
  out += text;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  bool number(std::uint64_t& value) {
    if (rest_.size() < number_size_bytes) return false;
    value = 0;
    for (std::size_t i = 0; i < number_size_bytes; ++i)
      value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(number_size_bytes);
    return true;
  }
  bool instant(erp::Instant& value) {
    std::uint64_t raw = 0;
    if (!number(raw)) return false;
    value = static_cast<erp::Instant>(raw);
    return true;
  }
  bool text(std::string& value) {
    std::uint64_t size = 0;
    if (!number(size) || size > rest_.size()) return false;
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }
  bool flag(bool& value) {
    std::uint64_t raw = 0;
    if (!number(raw) || raw > 1) return false;
    value = raw == 1;
    return true;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

} // namespace

std::string to_bytes(const Connection& c) {
  std::string out;
  out.reserve(c.realm.size() + c.company_name.size() + c.refresh_token.size() +
              c.previous_refresh_token.size() + c.access_token.size() + c.place.environment.size() +
              c.place.api_base.size() + c.place.authority.size() + 13 * number_size_bytes);
  for (const std::string* text :
       {&c.realm, &c.company_name, &c.refresh_token, &c.previous_refresh_token, &c.access_token})
    put(out, *text);
  for (const erp::Instant instant :
       {c.refresh_expires_at, c.refresh_hard_expires_at, c.access_expires_at})
    put(out, static_cast<std::uint64_t>(instant));
  put(out, std::uint64_t{c.refresh_in_flight});
  put(out, std::uint64_t{c.reconnect_needed});
  for (const std::string* text : {&c.place.environment, &c.place.api_base, &c.place.authority})
    put(out, *text);
  return out;
}

std::optional<Connection> connection_from(std::string_view bytes, int format) {
  Reader reader(bytes);
  Connection c;
  const bool whole = reader.text(c.realm) && reader.text(c.company_name) &&
                     reader.text(c.refresh_token) && reader.text(c.previous_refresh_token) &&
                     reader.text(c.access_token) && reader.instant(c.refresh_expires_at) &&
                     reader.instant(c.refresh_hard_expires_at) &&
                     reader.instant(c.access_expires_at) && reader.flag(c.refresh_in_flight) &&
                     reader.flag(c.reconnect_needed) &&
                     (format == format_without_place ||
                      (reader.text(c.place.environment) && reader.text(c.place.api_base) &&
                       reader.text(c.place.authority))) &&
                     reader.at_end();
  if (!whole) return std::nullopt;
  return c;
}

} // namespace qb::oauth
