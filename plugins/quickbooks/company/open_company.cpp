#include "company/open_company.hpp"

#include "company/authorised.hpp"
#include "company/paced.hpp"

namespace qb::company {
namespace {

class Polite final : public Company {
 public:
  Polite(std::unique_ptr<Company> next, std::function<void()> before_call)
      : next_(std::move(next)), before_call_(std::move(before_call)) {}
  Reply call(const qbo::Request& request, const std::string& request_id) override {
    before_call_();
    return next_->call(request, request_id);
  }

 private:
  std::unique_ptr<Company> next_;
  std::function<void()> before_call_;
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
