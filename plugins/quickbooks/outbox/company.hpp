#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace qb::store {
class Connection;
}

// What ties the outbox to one company. Both run inside the caller's store::write().
namespace qb::outbox {

struct Open {
  std::int64_t count = 0;
  std::vector<std::string> first_subjects; // of the oldest, each once
};
// What is queued, claimed or blocked, and therefore meant for the present company.
Open open_entries(store::Connection& connection, int subject_count_max);

// The company stays, and is known by another fingerprint.
void rename_company(store::Connection& connection, const std::string& was, const std::string& is);

} // namespace qb::outbox
