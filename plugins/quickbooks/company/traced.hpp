#pragma once

#include "company/company.hpp"

#include <functional>
#include <memory>

namespace qb::company {

// One call in ids and codes: nothing of what it carried, and not which company.
struct Trace {
  std::string method; // "POST"
  std::string path;   // "purchaseorder", "companyinfo/*"
  int http_status = 0;
  std::string outcome; // verdict::to_string
  std::string code;    // Intuit's, "" if none
  std::string intuit_tid;
  std::string request_id;
  std::int64_t duration_ms = 0;
};

class Traced final : public Company {
 public:
  Traced(std::unique_ptr<Company> next, std::function<void(const Trace&)> trace)
      : next_(std::move(next)), trace_(std::move(trace)) {}
  using Company::call;
  Reply call(const qbo::Request& request, const std::string& request_id,
             const Leaving& leaving) override;

 private:
  std::unique_ptr<Company> next_;
  std::function<void(const Trace&)> trace_;
};

} // namespace qb::company
