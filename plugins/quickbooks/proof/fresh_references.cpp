#include "proof/fresh_references.hpp"

namespace qb::proof {

FreshReferences::FreshReferences(const directory::Directory& directory, const links::Links& links,
                                 const Books& books)
    : StoredReferences(directory, links), links_(links), books_(books) {}

void FreshReferences::freshen(mapping::Written& written, const std::string& entity) const {
  const auto object = books_.object(entity, written.entity_id);
  if (!object) return;
  written.sync_token = object->text_of("SyncToken");
  written.answer = qbo::write(*object);
  written.just_read = true;
}

std::optional<mapping::Written> FreshReferences::written(std::string_view subject) const {
  auto written = StoredReferences::written(subject);
  if (!written) return written;
  if (const auto link = links_.find(std::string(subject))) freshen(*written, link->entity);
  return written;
}

std::vector<mapping::WrittenBill> FreshReferences::bills_of(std::string_view order_subject) const {
  auto bills = StoredReferences::bills_of(order_subject);
  for (mapping::WrittenBill& bill : bills)
    freshen(bill.written, std::string(qbo::json_name(qbo::Entity::bill)));
  return bills;
}

} // namespace qb::proof
