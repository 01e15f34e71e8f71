#pragma once
#include "books.hpp"
#include "disputed.hpp"
#include "schema.hpp"
#include "value.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace emulator::books {

/// One stored object. The body holds what Intuit's schema calls its properties, references as bare
/// ids; names of referenced objects and qualified names are added when it is answered.
struct Record {
  std::uint64_t id = 0;
  std::int64_t sync_token = 0;
  Instant created{}, updated{};
  Value body;
  std::uint64_t next_line = 1; ///< transactions: the next Line.Id
  bool closed_by_hand = false; ///< purchase orders: POStatus was set to Closed by a client
};

/// All objects of one entity, by id.
struct Shelf {
  std::map<std::uint64_t, Record> records;
  std::map<std::uint64_t, Instant> deleted; ///< what CDC reports as Deleted
  std::uint64_t next_id = 1;
};

/// Everything one company holds, with the indexes that keep a create from looking at all objects.
class Company {
 public:
  Region region = Region::us;
  std::string realm;
  Disputed disputed;
  std::uint64_t next_transaction = 1;
  std::uint64_t next_address = 1;
  std::uint64_t next_number = 1001; ///< for automatic document numbers

  [[nodiscard]] const Shelf& shelf(Entity entity) const {
    return shelves_.at(static_cast<std::size_t>(entity));
  }
  [[nodiscard]] Shelf& shelf(Entity entity) {
    return shelves_.at(static_cast<std::size_t>(entity));
  }

  [[nodiscard]] const Record* find(Entity entity, std::string_view id) const;
  [[nodiscard]] Record* find(Entity entity, std::string_view id);

  /// Puts a new object on its shelf and gives it its id.
  Record& add(Entity entity, Value body, Instant now);
  /// Exchanges the body and keeps the indexes right; counts the SyncToken up.
  void replace(Entity entity, Record& record, Value body, Instant now);
  void remove(Entity entity, std::uint64_t id, Instant now);
  /// Fills the indexes from the shelves, after loading.
  void rebuild_indexes();

  /// Who bears this name (under this parent, in this pool) already.
  struct Holder {
    Entity entity;
    std::uint64_t id;
  };
  [[nodiscard]] std::optional<Holder> name_holder(const std::string& key) const;
  /// Some other transaction of that type with this DocNumber.
  [[nodiscard]] std::optional<std::uint64_t> number_holder(Entity entity, std::string_view number,
                                                           std::uint64_t other_than) const;

  /// All transactions of that type with this DocNumber.
  [[nodiscard]] std::vector<std::uint64_t> numbered(Entity entity, std::string_view number) const;

  [[nodiscard]] const Value& preferences() const;
  [[nodiscard]] bool preference(std::string_view group, std::string_view name) const;
  [[nodiscard]] bool multicurrency() const {
    return preference("CurrencyPrefs", "MultiCurrencyEnabled");
  }
  [[nodiscard]] std::string home_currency() const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void index(Entity entity, const Record& record);
  void unindex(Entity entity, const Record& record);

  std::array<Shelf, entity_count> shelves_;
  std::unordered_map<std::string, Holder> names_;
  std::unordered_multimap<std::string, std::uint64_t> numbers_;
  std::string name_;
};

/// The key under which a name is unique: people share one pool, other lists have one per parent.
std::string name_key(Entity entity, const Value& body);
std::string account_number_key(const Value& account);

/// Active unless it says otherwise.
bool is_active(const Value& body);

/// Names from the top parent down, joined with colons.
std::string fully_qualified_name(const Company& company, Entity entity, const Value& body);

std::string_view home_currency_of(Region region);

} // namespace emulator::books
