#include "delivery/sparse.hpp"

#include "core/verdict/codes.hpp"
#include "delivery/stored_references.hpp"
#include "directory/directory.hpp"

namespace qb::delivery {

bool refuses_sparse(const verdict::Outcome& outcome) {
  const auto* error = outcome.fault ? outcome.fault->first() : nullptr;
  return outcome.kind == verdict::OutcomeKind::rejected && error &&
         (verdict::says(*error, "sparse") || verdict::says(error->element, "sparse"));
}

void remember_sparse_refused(store::Database& store) {
  store.write([](store::Connection& db) {
    directory::Directory::put_fact(db, StoredReferences::sparse_refused_fact, "true");
  });
}

} // namespace qb::delivery
