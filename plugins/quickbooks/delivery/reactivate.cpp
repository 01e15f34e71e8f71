#include "delivery/reactivate.hpp"

#include "core/mapping/standing.hpp"
#include "core/qbo/request.hpp"
#include "delivery/digest.hpp"
#include "delivery/sparse.hpp"
#include "directory/directory.hpp"
#include "directory/names.hpp"

namespace qb::delivery {
namespace {

qbo::Value body_of(qbo::Entity entity, const qbo::Value& standing, bool whole) {
  mapping::Written written;
  written.entity_id = standing.text_of("Id");
  written.sync_token = standing.text_of("SyncToken");
  qbo::Value body = whole ? mapping::carried_over_whole(written, standing)
                          : mapping::carried_over(written, standing, {});
  if (!whole) body.set("sparse", true);
  body.set("Active", true);
  const bool vendor = entity == qbo::Entity::vendor;
  for (const char* member : {vendor ? "DisplayName" : "Name", "CompanyName"})
    if (const std::string name = standing.text_of(member); !name.empty())
      body.set(member, directory::without_deleted(name));
  return body;
}

} // namespace

tl::expected<qbo::Known, verdict::Outcome> reactivate(company::Company& company,
                                                      store::Database& store, qbo::Entity entity,
                                                      const std::string& id) {
  company::Reply reply = company.call(qbo::read(entity, id), "");
  const qbo::Value* object = qbo::object_in(reply.answer, entity);
  const bool read = reply.outcome.kind == verdict::OutcomeKind::accepted && object;
  if (const auto found = read ? qbo::known_from(entity, *object) : std::nullopt;
      found && !found->active) {
    const qbo::Value standing = *object;
    const auto write = [&](bool whole) {
      const std::string body = qbo::write(body_of(entity, standing, whole));
      reply = company.call(qbo::create_or_update(entity, body), new_request_id());
    };
    write(false);
    if (refuses_sparse(reply.outcome)) write(true);
    object = qbo::object_in(reply.answer, entity);
  }
  if (reply.outcome.kind != verdict::OutcomeKind::accepted)
    return tl::make_unexpected(reply.outcome);
  auto known = object ? qbo::known_from(entity, *object) : std::nullopt;
  if (!known) {
    reply.outcome.kind = verdict::OutcomeKind::unreadable;
    reply.outcome.words = "the answer holds no such object";
    return tl::make_unexpected(reply.outcome);
  }
  store.write([&](store::Connection& db) { directory::Directory::put(db, *known); });
  return *known;
}

} // namespace qb::delivery
