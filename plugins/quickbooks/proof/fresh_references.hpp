#pragma once

#include "delivery/stored_references.hpp"
#include "proof/books.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace qb::proof {

// As delivering sees the company, but for our own documents: those stand as they were just read.
class FreshReferences final : public delivery::StoredReferences {
 public:
  FreshReferences(const directory::Directory& directory, const links::Links& links,
                  const Books& books);

  std::optional<mapping::Written> written(std::string_view subject) const override;
  std::vector<mapping::WrittenBill> bills_of(std::string_view order_subject) const override;

 private:
  void freshen(mapping::Written& written, const std::string& entity) const;

  const links::Links& links_;
  const Books& books_;
};

} // namespace qb::proof
