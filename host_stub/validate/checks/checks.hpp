#pragma once

#include "validate/check.hpp"

// One of these a file, of its name.
namespace host::validate {

extern const Check bundle_shape, bundle_signed, manifest_valid, load_clean, entry_pure, one_export,
    binary_hygiene, refuses_old_host, accepts_newer_host, unknown_interface, tables_complete,
    create_is_quiet, service_starvation, cycle_100, two_instances, hook_quick, hook_durable,
    idempotent, borrowed_only, short_and_long_documents, hostile_values, error_contract,
    no_secret_leak, stop, settings_and_state;

} // namespace host::validate
