#include "validate/checks/checks.hpp"

namespace host::validate {

// In the order in which an author should look at what fails: what comes first explains what
// follows.
const std::vector<const Check*>& checks() {
  static const std::vector<const Check*> all = {&load_clean,
                                                &entry_pure,
                                                &one_export,
                                                &binary_hygiene,
                                                &manifest_valid,
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

} // namespace host::validate
