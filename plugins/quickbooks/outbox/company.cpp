#include "outbox/company.hpp"

#include "store/connection.hpp"

namespace qb::outbox {

Open open_entries(store::Connection& connection, int subject_count_max) {
  Open open;
  store::Query count(connection, "SELECT count(*) FROM outbox "
                                 "WHERE state IN ('queued', 'claimed', 'blocked')");
  if (count.step()) open.count = count.integer(0);
  store::Query subjects(connection,
                        "SELECT subject FROM outbox "
                        "WHERE state IN ('queued', 'claimed', 'blocked') "
                        "GROUP BY subject ORDER BY min(id) LIMIT ?1",
                        subject_count_max);
  while (subjects.step())
    open.first_subjects.push_back(subjects.text(0));
  return open;
}

void rename_company(store::Connection& connection, const std::string& was, const std::string& is) {
  connection.run("UPDATE seals SET company = ?2 WHERE company = ?1", was, is);
}

} // namespace qb::outbox
