#pragma once

#include "company/company.hpp"
#include "company/pacer.hpp"

#include <functional>
#include <memory>

namespace qb::company {

// Waits for its turn. Where the wait may not be that long it answers `throttled` with http_status 0
// (QuickBooks was not asked) and retry_after_s; after a 429 nothing goes out for a while.
class Paced final : public Company {
 public:
  // wait(until): returns true when `until` has come, false if it may not wait that long (the job's
  // deadline, stop()).
  Paced(std::unique_ptr<Company> next, Pacer& pacer, std::function<erp::Instant()> now,
        std::function<bool(erp::Instant until)> wait)
      : next_(std::move(next)), pacer_(pacer), now_(std::move(now)), wait_(std::move(wait)) {}
  using Company::call;
  Reply call(const qbo::Request& request, const std::string& request_id,
             const Leaving& leaving) override;

 private:
  std::unique_ptr<Company> next_;
  Pacer& pacer_;
  std::function<erp::Instant()> now_;
  std::function<bool(erp::Instant)> wait_;
};

} // namespace qb::company
