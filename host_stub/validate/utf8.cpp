#include "validate/utf8.hpp"

#include <nlohmann/json.hpp>

namespace host::validate {

bool is_utf8(const char* text, std::size_t size) {
  try {
    static_cast<void>(nlohmann::json(std::string(text, size)).dump());
    return true;
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

} // namespace host::validate
