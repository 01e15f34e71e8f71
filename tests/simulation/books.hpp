#pragma once

#include "erp/sdk/document.hpp"

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace simulation {

using Json = nlohmann::json;

// QuickBooks' faults: code and words.
struct Fault {
  std::string code, message;
};

// Cents of an amount in JSON, which is a number with at most two decimals.
std::int64_t cents_in(const Json& number);

// What one company's QuickBooks holds, and the few of its rules that matter to the plugin: names
// and numbers are taken once, SyncTokens count, references must stand and be active, amounts must
// fit, bills take over lines of orders. Shares no code with the plugin or the emulator.
class Books {
 public:
  static constexpr const char* inactive_mark = " (deleted)"; // behind the name
  explicit Books(bool checks_numbers) : checks_numbers_(checks_numbers) {}

  struct Outcome {
    Json object;
    std::optional<Fault> fault;
  };
  // Creates, updates (the body has an Id) or deletes. `entity`: "PurchaseOrder".
  Outcome write(const std::string& entity, const Json& body, bool allows_double_number,
                erp::Instant now);
  Outcome remove(const std::string& entity, const Json& body, erp::Instant now);

  struct Record {
    Json body;
    erp::Instant changed_at = 0;
    bool deleted = false;
  };
  using Table = std::map<int, Record>; // by Id
  const Table& table(const std::string& entity) const { return tables_[entity]; }
  const Record* find(const std::string& entity, const std::string& id) const;
  // Of the live ones, by a member's text.
  const Record* named(const std::string& entity, const std::string& member,
                      const std::string& text) const;

  // Somebody else changes something in QuickBooks.
  std::string sow(const std::string& entity, Json body, erp::Instant now); // the new Id
  void change(const std::string& entity, const std::string& id, const Json& members,
              erp::Instant now);
  // False: refused, as by hand too (a vendor that is inactive by now).
  bool add_line(const std::string& order_id, const std::string& account_id, std::int64_t cents,
                erp::Instant now);

 private:
  std::optional<Fault> check(const std::string& entity, const Json& body, bool is_new,
                             bool allows_double_number) const;
  std::optional<Fault> check_line(const Json& line) const;
  std::optional<Fault> refers(const char* entity, const Json& from, const char* member) const;
  void number_lines(Json& body, const Json* before);
  void drop_bad_links(Json& bill, const Json* before) const;
  void reckon_orders(const std::set<std::string>& ids, erp::Instant now);
  void stamp(Record& record, erp::Instant now);

  const bool checks_numbers_;
  mutable std::map<std::string, Table> tables_;
  int next_id_ = 1;
};

} // namespace simulation
