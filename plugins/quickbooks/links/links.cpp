#include "links/links.hpp"

#include "store/database.hpp"

namespace qb::links {
namespace {

#define QB_LINKS_COLUMNS                                                                           \
  "subject, entity, entity_id, sync_token, doc_number, host_name, fingerprint, version, "          \
  "host_total, document_total, written_at, line_ids_json, order_subject, billing_json"

// Rows fetched in one go by list(): the connection is others' in between.
constexpr int rows_per_read = 200;

Link link_of(const store::Query& row) {
  Link link;
  link.subject = row.text(0);
  link.entity = row.text(1);
  link.entity_id = row.text(2);
  link.sync_token = row.text(3);
  link.doc_number = row.text(4);
  link.host_name = row.text(5);
  link.fingerprint = row.text(6);
  link.version = row.integer(7);
  link.host_total = row.text(8);
  link.document_total = row.text(9);
  link.written_at = row.integer(10);
  link.line_ids_json = row.text(11);
  link.order_subject = row.text(12);
  link.billing_json = row.text(13);
  return link;
}

std::optional<Link> link_with_answer(store::Query& row) {
  if (!row.step()) return std::nullopt;
  Link link = link_of(row);
  link.answer = row.text(14);
  return link;
}

} // namespace

std::optional<Link> Links::find(store::Connection& connection, const std::string& subject) {
  store::Query row(connection, "SELECT " QB_LINKS_COLUMNS ", answer FROM links WHERE subject = ?1",
                   subject);
  return link_with_answer(row);
}

std::optional<Link> Links::find(const std::string& subject) const {
  std::optional<Link> link;
  store_.read([&](store::Connection& connection) { link = find(connection, subject); });
  return link;
}

std::optional<Link> Links::find_entity(const std::string& entity,
                                       const std::string& entity_id) const {
  std::optional<Link> link;
  store_.read([&](store::Connection& connection) {
    store::Query row(connection,
                     "SELECT " QB_LINKS_COLUMNS ", answer FROM links "
                     "WHERE entity = ?1 AND entity_id = ?2 ORDER BY id LIMIT 1",
                     entity, entity_id);
    link = link_with_answer(row);
  });
  return link;
}

std::vector<Link> Links::of_order(const std::string& order_subject) const {
  std::vector<Link> links;
  if (order_subject.empty()) return links;
  store_.read([&](store::Connection& connection) {
    store::Query rows(connection,
                      "SELECT " QB_LINKS_COLUMNS ", answer FROM links WHERE order_subject = ?1 "
                      "AND order_subject <> '' ORDER BY id",
                      order_subject);
    while (auto link = link_with_answer(rows))
      links.push_back(std::move(*link));
  });
  return links;
}

std::vector<Link> Links::list() const {
  std::vector<Link> links;
  std::size_t before = 0;
  do {
    before = links.size();
    const std::string after = links.empty() ? std::string() : links.back().subject;
    store_.read([&](store::Connection& connection) {
      store::Query rows(connection,
                        "SELECT " QB_LINKS_COLUMNS " FROM links WHERE subject > ?1 "
                        "ORDER BY subject LIMIT ?2",
                        after, rows_per_read);
      while (rows.step())
        links.push_back(link_of(rows));
    });
  } while (links.size() != before);
  return links;
}

void Links::put(store::Connection& connection, const Link& link) {
  connection.run("INSERT INTO links (" QB_LINKS_COLUMNS ", answer) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
                 "ON CONFLICT (subject) DO UPDATE SET entity = excluded.entity, "
                 "entity_id = excluded.entity_id, sync_token = excluded.sync_token, "
                 "doc_number = excluded.doc_number, host_name = excluded.host_name, "
                 "fingerprint = excluded.fingerprint, version = excluded.version, "
                 "host_total = excluded.host_total, document_total = excluded.document_total, "
                 "written_at = excluded.written_at, line_ids_json = excluded.line_ids_json, "
                 "order_subject = excluded.order_subject, "
                 "billing_json = excluded.billing_json, answer = excluded.answer",
                 link.subject, link.entity, link.entity_id, link.sync_token, link.doc_number,
                 link.host_name, link.fingerprint, link.version, link.host_total,
                 link.document_total, link.written_at, link.line_ids_json, link.order_subject,
                 link.billing_json, link.answer);
}

void Links::forget_answer(store::Connection& connection, const std::string& entity,
                          const std::string& entity_id, const std::string& seen_sync_token) {
  connection.run("UPDATE links SET answer = '' WHERE entity = ?1 AND entity_id = ?2 "
                 "AND sync_token <> ?3 AND answer <> ''",
                 entity, entity_id, seen_sync_token);
}

void Links::forget_answer_of(store::Connection& connection, const std::string& subject) {
  connection.run("UPDATE links SET answer = '' WHERE subject = ?1", subject);
}

void Links::forget_entity(store::Connection& connection, const std::string& subject) {
  connection.run("DELETE FROM links WHERE subject = ?1 AND order_subject = ''", subject);
  connection.run("UPDATE links SET entity_id = '', sync_token = '', answer = '', "
                 "line_ids_json = '', fingerprint = '' WHERE subject = ?1",
                 subject);
}

void Links::remove(store::Connection& connection, const std::string& subject) {
  connection.run("DELETE FROM links WHERE subject = ?1", subject);
}

void Links::clear(store::Connection& connection) {
  connection.run("DELETE FROM links");
}

} // namespace qb::links
