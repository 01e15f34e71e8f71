#include "core/qbo/query.hpp"

namespace qb::qbo {

std::string quoted(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out += '\'';
}

} // namespace qb::qbo
