#include "erp/sdk/service.hpp"

#include "erp/sdk/barrier.hpp"

namespace erp {

std::int32_t ERP_CALL TextSink::write(void* self, const char* data, std::size_t size) noexcept {
  return guarded(nullptr, [&]() -> erp_status {
    if (size != 0) static_cast<TextSink*>(self)->text_.append(data, size);
    return ERP_OK;
  });
}

void write_all(const erp_sink& sink, std::string_view text) {
  const std::int32_t status = sink.write(sink.ctx, text.data(), text.size());
  if (status < 0) throw Failure{status, "the caller stopped taking the answer"};
}

} // namespace erp
