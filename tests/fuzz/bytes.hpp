#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace fuzz {

// Reads choices and values off the front of an input; beyond its end everything is 0.
class Bytes {
 public:
  explicit Bytes(std::string_view input) : rest_(input) {}
  bool empty() const { return rest_.empty(); }

  template <class Number>
  Number number() {
    Number value{};
    const std::string_view taken = text(sizeof value);
    std::memcpy(&value, taken.data(), taken.size());
    return value;
  }
  unsigned below(unsigned bound) { return number<std::uint8_t>() % bound; }
  std::string_view text(std::size_t size_max) {
    const std::string_view taken = rest_.substr(0, size_max);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

} // namespace fuzz
