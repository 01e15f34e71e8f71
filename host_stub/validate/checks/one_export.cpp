#include "validate/checks/checks.hpp"
#include "validate/elf.hpp"
#include "validate/surroundings.hpp"

#include "erp/plugin.h"

#include <algorithm>

namespace host::validate {
namespace {

constexpr const char* entry_prefix = "erp_plugin_entry_v"; // a plugin may export v2 beside v1

void run(const Subject& subject) {
  const Elf elf = read_elf(subject.library);
  std::vector<std::string> others;
  for (const std::string& name : elf.exports)
    if (name.rfind(entry_prefix, 0) != 0) others.push_back(name);
  const bool has_entry =
      std::find(elf.exports.begin(), elf.exports.end(), ERP_PLUGIN_ENTRY_NAME) != elf.exports.end();
  require(has_entry, one_export.what, "it does not export " ERP_PLUGIN_ENTRY_NAME);
  constexpr std::size_t shown_max = 5;
  const std::size_t count = others.size();
  if (count > shown_max) others.resize(shown_max);
  require(others.empty(), one_export.what,
          "it exports " + joined(others) +
              (count > shown_max ? " and " + std::to_string(count - shown_max) + " more" : "") +
              " too");
}

} // namespace

const Check one_export = {
    "one-export",
    "R1",
    "the library exports erp_plugin_entry_v1 and nothing else",
    "Two versions of a plugin are mapped side by side while one is replaced by the other. What "
    "both "
    "export, and every template of the C++ library that leaks out, one would take from the other.",
    "Build with erp_add_plugin(), or with -fvisibility=hidden and "
    "-Wl,--version-script=plugin_api/plugin.map.",
    run,
    "Which symbols the library takes from others."};

} // namespace host::validate
