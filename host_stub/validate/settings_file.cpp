#include "validate/settings_file.hpp"

#include "home/files.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace host::validate {

host::Outcome<std::map<std::string, std::string>> read_settings_file(const std::string& file) {
  std::map<std::string, std::string> values;
  if (file.empty()) return values;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return problem("cannot read the settings " + file);
  std::ostringstream text;
  text << stream.rdbuf();
  const auto content = nlohmann::json::parse(text.str(), nullptr, false);
  if (!content.is_object())
    return problem(file + " is no JSON object; write {\"name\":\"value\", ...}");
  for (const auto& [name, value] : content.items()) {
    if (!value.is_string())
      return problem("\"" + name + "\" in " + file +
                     " is no text; settings are a flat object of strings");
    values[name] = value.get<std::string>();
  }
  return values;
}

} // namespace host::validate
