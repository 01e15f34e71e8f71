#pragma once

#include "delivery/stored_references.hpp"
#include "proof/books.hpp"

namespace qb::proof {

// As delivering sees the company, but for our own documents: those stand as they were just read.
class FreshReferences final : public delivery::StoredReferences {
 public:
  FreshReferences(const directory::Directory& directory, const links::Links& links,
                  const Books& books)
      : StoredReferences(directory, links), books_(books) {}

 private:
  mapping::Written written_of(const links::Link& link) const override;

  const Books& books_;
};

} // namespace qb::proof
