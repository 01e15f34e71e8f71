#include "proof/fresh_references.hpp"

namespace qb::proof {

mapping::Written FreshReferences::written_of(const links::Link& link) const {
  mapping::Written written = StoredReferences::written_of(link);
  if (const auto object = books_.object(link.entity, link.entity_id)) {
    written.sync_token = object->text_of("SyncToken");
    written.answer = qbo::write(*object);
    written.just_read = true;
  }
  return written;
}

} // namespace qb::proof
