#include "delivery/sparse.hpp"

#include "delivery/stored_references.hpp"
#include "directory/directory.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

bool names_sparse(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text.find("sparse") != std::string::npos;
}

} // namespace

bool refuses_sparse(const verdict::Outcome& outcome) {
  const auto* error = outcome.fault ? outcome.fault->first() : nullptr;
  return outcome.kind == verdict::OutcomeKind::rejected && error &&
         (names_sparse(error->element) || names_sparse(error->detail) ||
          names_sparse(error->message));
}

void remember_sparse_refused(store::Database& store) {
  store.write([](store::Connection& db) {
    directory::Directory::put_fact(db, StoredReferences::sparse_refused_fact, "true");
  });
}

} // namespace qb::delivery
