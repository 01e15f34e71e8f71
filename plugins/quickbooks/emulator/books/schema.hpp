#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace emulator::books {

enum class Entity {
  company_info,
  preferences,
  account,
  item,
  vendor,
  customer,
  department,
  class_,
  term,
  tax_code,
  tax_rate,
  purchase_order,
  bill,
  bill_payment,
  none, ///< for references into no list of ours
};
constexpr std::size_t entity_count = static_cast<std::size_t>(Entity::none);

enum class Kind {
  text,
  id, ///< digits
  boolean,
  decimal,
  integer,
  date,      ///< YYYY-MM-DD
  choice,    ///< one of `choices`, exact case
  reference, ///< {"value": id} into `target`
  code,      ///< {"value": text}: currencies, tax codes, ship methods
  object,    ///< `shape`
  list,      ///< array of `shape`
  any,       ///< taken as it is
};

/// How a property behaves; or-ed together.
namespace trait {
constexpr unsigned required = 1;   ///< 2020 when a create or full update lacks it
constexpr unsigned read_only = 2;  ///< a value sent is silently dropped, the stored one stays
constexpr unsigned sticky = 4;     ///< writable, but a full update that omits it keeps it
constexpr unsigned filterable = 8; ///< may stand in WHERE
constexpr unsigned sortable = 16;  ///< may stand in ORDERBY without being filterable
} // namespace trait

struct Shape;

/// One member that Intuit's service stores and answers.
struct Property {
  std::string_view name;
  Kind kind = Kind::text;
  unsigned traits = 0;
  std::size_t length_max = 0; ///< in code points; 0 means unlimited
  Entity target = Entity::none;
  const Shape* shape = nullptr;
  std::span<const std::string_view> choices = {};

  [[nodiscard]] bool has(unsigned wanted) const { return (traits & wanted) != 0; }
};

/// The members of one type of Intuit's schema: those we keep, in the order in which they are
/// answered, and those the schema knows but QuickBooks Online ignores. Anything else is fault 2010.
struct Shape {
  Shape(std::string_view type_name, std::vector<Property> kept,
        std::vector<std::string_view> known);
  [[nodiscard]] const Property* find(std::string_view name) const;
  [[nodiscard]] bool tolerates(std::string_view name) const;

  std::string_view type_name; ///< as in com.intuit.schema.finance.v3.<type_name>
  std::vector<Property> properties;
  std::vector<std::string_view> tolerated;

 private:
  std::unordered_map<std::string_view, std::size_t> index_;
};

enum class Family {
  singleton,   ///< one object, Id "1"
  list,        ///< names that can be made inactive
  system,      ///< lists that the API only reads
  transaction, ///< documents that can be deleted
};

/// One line of the catalog: everything generic code needs to know about an entity.
struct EntityInfo {
  Entity entity;
  std::string_view name; ///< "PurchaseOrder"
  std::string_view path; ///< "purchaseorder"
  Family family;
  const Shape* shape;
  std::string_view name_property; ///< "Name", "DisplayName" or empty
  std::string_view fault_word;    ///< what 2500 calls it: "Accounts", "Klasses", ...
  std::string_view txn_type;      ///< what 6140 calls it: "Purchase Order"
  bool in_cdc;
};

const EntityInfo& info_of(Entity entity);
/// By name as in queries and CDC, any case; nullptr when we do not serve it.
const EntityInfo* entity_named(std::string_view name);
/// By lower-case path segment.
const EntityInfo* entity_at_path(std::string_view path);

} // namespace emulator::books
