#include "erp/sdk/barrier.hpp"

#include "erp/sdk/borrowed.hpp"

#include "utf8.hpp"

#include <cstring>

namespace erp {

erp_status report(erp_error* error, erp_status status, std::string_view message,
                  std::uint32_t retry_after_ms) noexcept {
  if (error == nullptr) return status;
  const std::string_view shown = utf8_prefix(message, sizeof error->message);
  error->detail = 0;
  error->retry_after_ms = retry_after_ms;
  error->message_len = static_cast<std::uint32_t>(shown.size());
  error->reserved = 0;
  if (!shown.empty()) std::memcpy(error->message, shown.data(), shown.size());
  return status;
}

erp_status report_current_exception(erp_error* error) noexcept {
  try {
    throw;
  } catch (const Failure& failure) {
    return report(error, failure.status, failure.message, failure.retry_after_ms);
  } catch (const BrokenContract& broken) {
    return report(error, ERP_E_INVALID, broken.what);
  } catch (const std::bad_alloc&) {
    return report(error, ERP_E_INTERNAL, "out of memory");
  } catch (const std::exception& exception) {
    return report(error, ERP_E_INTERNAL, exception.what());
  } catch (...) {
    return report(error, ERP_E_INTERNAL, "an unknown exception");
  }
}

} // namespace erp
