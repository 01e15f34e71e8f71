#include "home/folders.hpp"

#include "home/files.hpp"

#include <algorithm>

namespace host::home {

Outcome<Folders> open_home(const std::filesystem::path& root) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(root, error).lexically_normal();
  if (error || root.empty()) return problem("--home needs a folder");
  const Folders folders{whole};
  for (const auto& folder : {whole, folders.secrets(), folders.settings(), folders.logs(),
                             folders.plugins(), folders.staging(), whole / "data"})
    if (auto made = make_private_folder(folder); !made) return tl::make_unexpected(made.error());
  return folders;
}

bool is_plain_name(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 64 && name[0] != '.' &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

} // namespace host::home
