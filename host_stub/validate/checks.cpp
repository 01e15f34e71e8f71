#include "validate/checks/checks.hpp"

namespace host::validate {

// In the order in which an author should look at what fails: what comes first explains what
// follows.
const std::vector<const Check*>& checks() {
  static const std::vector<const Check*> all = {&bundle_shape,
                                                &bundle_signed,
                                                &manifest_valid,
                                                &load_clean,
                                                &entry_pure,
                                                &one_export,
                                                &binary_hygiene,
                                                &refuses_old_host,
                                                &accepts_newer_host,
                                                &unknown_interface,
                                                &tables_complete,
                                                &create_is_quiet,
                                                &service_starvation,
                                                &settings_and_state,
                                                &cycle_100,
                                                &two_instances,
                                                &hook_quick,
                                                &hook_durable,
                                                &idempotent,
                                                &borrowed_only,
                                                &short_and_long_documents,
                                                &hostile_values,
                                                &error_contract,
                                                &no_secret_leak,
                                                &stop};
  return all;
}

const Check* check_named(const std::string& name) {
  for (const Check* const check : checks())
    if (name == check->name) return check;
  return nullptr;
}

std::optional<std::string> not_applicable(const Check& check, const Subject& subject) {
  switch (check.needs) {
  case Needs::archive:
    if (!subject.archive.empty()) break;
    return "not a bundle; give the *.tar.gz that packaging/bundle makes";
  case Needs::folder:
    if (!subject.folder.empty()) break;
    if (!subject.archive.empty()) return "the bundle cannot be unpacked; bundle-shape says why";
    return "a bare library has no plugin.json; give a bundle, or a folder that has one";
  case Needs::library:
    if (!subject.library.empty()) break;
    return "the bundle's library is not known; bundle-shape and manifest-valid say why";
  }
  return std::nullopt;
}

} // namespace host::validate
