#include "company/open_company.hpp"

#include "company/authorised.hpp"
#include "company/paced.hpp"

namespace qb::company {
namespace {

class Polite final : public Company {
 public:
  Polite(std::unique_ptr<Company> next, std::function<bool()> before_call)
      : next_(std::move(next)), before_call_(std::move(before_call)) {}
  using Company::call;
  Reply call(const qbo::Request& request, const std::string& request_id,
             const Leaving& leaving) override {
    if (before_call_()) return next_->call(request, request_id, leaving);
    Reply reply; // as when its turn comes too late: see Paced
    reply.outcome.kind = verdict::OutcomeKind::throttled;
    reply.outcome.retry_after_s = 1;
    reply.outcome.words = "not sent: there was no time left for it";
    return reply;
  }

 private:
  std::unique_ptr<Company> next_;
  std::function<bool()> before_call_;
};

} // namespace

std::unique_ptr<Company> open_company(Footing footing) {
  std::unique_ptr<Company> company = std::make_unique<Authorised>(
      Wire(footing.transport, std::move(footing.api_base), footing.now), footing.tokens,
      std::move(footing.realm));
  company = std::make_unique<Paced>(std::move(company), footing.pacer, std::move(footing.now),
                                    std::move(footing.wait));
  company = std::make_unique<Traced>(std::move(company), std::move(footing.trace));
  return std::make_unique<Polite>(std::move(company), std::move(footing.before_call));
}

} // namespace qb::company
