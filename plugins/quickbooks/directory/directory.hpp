#pragma once

#include "core/mapping/references.hpp"
#include "core/qbo/answer.hpp"
#include "erp/sdk/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace qb::store {
class Connection;
class Database;
} // namespace qb::store

// What we know QuickBooks holds: accounts, classes, vendors, items, and of purchase orders the
// number, vendor, marker. Filled in pages at connect, kept by CDC (docs/adr/0016). A hint, not the
// truth: QuickBooks has the last word.
namespace qb::directory {

// Where the company keeps classes: "line", "transaction" or "off"; missing: not read yet.
constexpr const char* class_tracking_fact = "class_tracking";
// CompanyInfo.Country: "US", "CA", "GB", "AU"; missing: not read yet.
constexpr const char* country_fact = "country";

class Directory {
 public:
  explicit Directory(store::Database& store) : store_(store) {}

  // Inserts or replaces by (entity, id); `deleted` removes.
  static void put(store::Connection&, const qbo::Known& known);
  static void remove(store::Connection&, qbo::Entity entity, const std::string& id);
  static void clear(store::Connection&);
  // Forgets the rows of an entity that a full reading did not see (marked by put() with a later
  // generation).
  static void begin_full(store::Connection&, qbo::Entity entity);
  static void end_full(store::Connection&, qbo::Entity entity);

  // Small facts of the company: "home_currency", "multicurrency", "company_name", "cdc_since",
  // "filled".
  static void put_fact(store::Connection&, const std::string& name, const std::string& value);
  std::optional<std::string> fact(const std::string& name) const;

  std::optional<qbo::Known> by_id(qbo::Entity entity, const std::string& id) const;
  // By number, leaf name or Parent:Child, exact first, then without regard to case and
  // blanks.
  mapping::Match account(std::string_view as_typed) const;
  mapping::Match klass(std::string_view as_typed) const;
  // By name; in the United States only the words TAX and NON (Intuit, fault 6100; confirmed).
  mapping::Match tax_code(std::string_view as_typed) const;
  bool taxes_purchases() const; // a company outside the United States
  // Exact DisplayName, then normalised.
  mapping::Match vendor_named(std::string_view name) const;
  // Never another revision: the exact name first, then one that contains it; two hits are for a
  // person.
  mapping::Match item_for(const erp::Part& part) const;
  // Transactions that carry the number.
  std::vector<qbo::Known> numbered(qbo::Entity entity, std::string_view doc_number) const;
  // As a person names it: the exact name first, then normalised. No categories of items.
  mapping::Match named(qbo::Entity entity, std::string_view name) const;
  // What an attribute of order lines may offer: the names by which each active one is found, the
  // shortest that is its alone, in alphabetical order. Accounts: those a purchase order line takes.
  std::vector<std::string> offered(qbo::Entity entity) const;
  std::int64_t count(qbo::Entity entity) const;

 private:
  store::Database& store_;
};

} // namespace qb::directory
