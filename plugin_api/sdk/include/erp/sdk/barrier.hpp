#pragma once

#include "erp/status.h"

#include <cstdint>
#include <exception>
#include <new>
#include <string>
#include <string_view>

// The fence every C function of a plugin or host stands behind.
namespace erp {

// Throw it, or return what report() gives, to fail with a status and words fit to be shown.
struct Failure {
  erp_status status;
  std::string message;
  std::uint32_t retry_after_ms = 0;
};

// Fills *error (may be null), cutting the message at a UTF-8 character; returns `status`.
erp_status report(erp_error* error, erp_status status, std::string_view message,
                  std::uint32_t retry_after_ms = 0) noexcept;

// Maps whatever is being thrown to a status; call inside a catch block.
erp_status report_current_exception(erp_error* error) noexcept;

// Runs `body` (returning erp_status) and lets nothing thrown leave.
template <class Body>
erp_status guarded(erp_error* error, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return report_current_exception(error);
  }
}

} // namespace erp
