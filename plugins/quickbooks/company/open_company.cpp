#include "company/open_company.hpp"

#include "company/authorised.hpp"
#include "company/paced.hpp"

namespace qb::company {

std::unique_ptr<Company> open_company(Footing footing) {
  std::unique_ptr<Company> company = std::make_unique<Authorised>(
      Wire(footing.transport, std::move(footing.api_base), footing.now), footing.tokens);
  company = std::make_unique<Paced>(std::move(company), footing.pacer, std::move(footing.now),
                                    std::move(footing.wait));
  return std::make_unique<Traced>(std::move(company), std::move(footing.trace));
}

} // namespace qb::company
