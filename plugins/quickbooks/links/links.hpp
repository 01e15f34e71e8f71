#pragma once

#include "erp/sdk/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::store {
class Connection;
class Database;
} // namespace qb::store

// Which host record is which QuickBooks entity, and what QuickBooks last answered for it.
namespace qb::links {

struct Link {
  std::string subject;   // "purchase_order/1042"
  std::string entity;    // "PurchaseOrder"
  std::string entity_id; // "" : a person chose that a new one be made, and it is not made yet
  std::string sync_token;
  std::string doc_number;    // of a transaction
  std::string host_name;     // the name we derived for a list entity
  std::string fingerprint;   // of the content we last sent; "" : only found
  std::string answer;        // the object as last answered, JSON; "" : unknown
  std::string line_ids_json; // {"host line id":"QuickBooks line Id"}
  std::int64_t version = -1;
  std::string host_total, document_total; // of an order
  std::string order_subject;              // of a bill: the order it bills; "" else
  std::string billing_json;               // of a bill: what stands on it (mapping::Billing)
  erp::Instant written_at = 0;
};

class Links {
 public:
  explicit Links(store::Database& store) : store_(store) {}
  std::optional<Link> find(const std::string& subject) const;
  static std::optional<Link> find(store::Connection&, const std::string& subject);
  std::optional<Link> find_entity(const std::string& entity, const std::string& entity_id) const;
  // The bills of an order, oldest first.
  std::vector<Link> of_order(const std::string& order_subject) const;
  // By subject, without the stored answers.
  std::vector<Link> list() const;
  static void put(store::Connection&, const Link& link); // inserts or replaces the subject's link
  // A foreign change was seen: the stored answer no longer holds. No-op without such a link, or if
  // the token is ours.
  static void forget_answer(store::Connection&, const std::string& entity,
                            const std::string& entity_id, const std::string& seen_sync_token);
  // What QuickBooks holds of it was changed by what we wrote elsewhere.
  static void forget_answer_of(store::Connection&, const std::string& subject);
  // It is gone from QuickBooks and may be written anew. Of a bill stays what stood on it.
  static void forget_entity(store::Connection&, const std::string& subject);
  static void remove(store::Connection&, const std::string& subject);
  static void clear(store::Connection&); // another company

 private:
  store::Database& store_;
};

} // namespace qb::links
