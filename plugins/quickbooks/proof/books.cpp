#include "proof/books.hpp"

#include "core/mapping/private_note.hpp"
#include "core/qbo/answer.hpp"
#include "core/qbo/request.hpp"

namespace qb::proof {

tl::expected<Books, verdict::Outcome> Books::read(company::Company& company,
                                                  const links::Links& links,
                                                  const settings::Settings& settings) {
  Books books;
  std::set<qbo::Entity> entities = {qbo::Entity::purchase_order};
  if (settings.makes_bills()) entities.insert(qbo::Entity::bill);
  for (const links::Link& link : links.list()) {
    const auto entity = qbo::entity_from_json_name(link.entity);
    if (!entity || link.entity_id.empty()) continue;
    entities.insert(*entity);
    books.linked_.emplace(link.entity, link.entity_id);
  }
  for (const qbo::Entity entity : entities)
    if (auto failed = books.read_pages(company, entity))
      return tl::make_unexpected(std::move(*failed));
  return books;
}

std::optional<verdict::Outcome> Books::read_pages(company::Company& company, qbo::Entity entity) {
  for (int start = 1;; start += qbo::page_size_max) {
    const company::Reply reply = company.call(qbo::page(entity, start, true), "");
    if (reply.outcome.kind != verdict::OutcomeKind::accepted) return reply.outcome;
    const auto rows = qbo::rows_in(reply.answer, entity);
    for (const qbo::Value* row : rows)
      take(entity, *row);
    if (static_cast<int>(rows.size()) < qbo::page_size_max) return std::nullopt;
  }
}

void Books::take(qbo::Entity entity, const qbo::Value& row) {
  ++objects_read_;
  const std::pair key(std::string(qbo::json_name(entity)), row.text_of("Id"));
  const auto subject = qbo::is_transaction(entity)
                           ? mapping::marked_subject(row.text_of("PrivateNote"))
                           : std::nullopt;
  if (subject) marked_[*subject].insert(key.second);
  if (linked_.contains(key)) objects_[key] = qbo::write(row);
}

std::optional<qbo::Value> Books::object(const std::string& entity, const std::string& id) const {
  const auto found = objects_.find({entity, id});
  if (found == objects_.end()) return std::nullopt;
  auto value = qbo::read(found->second);
  if (!value) return std::nullopt;
  return std::move(*value);
}

} // namespace qb::proof
