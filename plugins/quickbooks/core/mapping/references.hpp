#pragma once

#include "core/qbo/answer.hpp"
#include "erp/sdk/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qb::mapping {

// What became of looking for the QuickBooks entity that a host's word means.
struct Match {
  enum class Result { found, missing, inactive, ambiguous };
  Result result = Result::missing;
  qbo::Known known;                    // if found or inactive
  std::vector<std::string> candidates; // names: the hits if ambiguous, near misses if missing
};

// What we once wrote for a host record.
struct Written {
  std::string entity_id;
  std::string sync_token;
  std::string fingerprint; // of the content we last sent; "" if we only found it
  std::string
      answer; // the object as QuickBooks last answered it, JSON; "" : must be read before an update
  std::string host_name;     // the name we derived for it then ("820412-001 Rev B")
  std::string line_ids_json; // {"host line id":"QuickBooks line Id"}
  std::int64_t version = -1; // of the host document
  bool just_read = false;    // the answer was read a moment ago, for this very document

  // We wrote it; else we only found it.
  bool is_ours() const { return version >= 0; }
};

// A bill of an order that we wrote.
struct WrittenBill {
  std::string subject; // "receipt/R-1", or of the order's one bill "bill/1042"
  Written written;
  std::string billing_json; // Billing
};

// Where the company keeps classes (Intuit, Preferences, AccountingInfoPrefs:
// ClassTrackingPerTxnLine and ClassTrackingPerTxn; confirmed). A class sent anywhere else is
// dropped without a word.
enum class ClassTracking { per_line, per_transaction, off };

// How mapping asks what QuickBooks holds. Local lookups only: never the network. Implemented over
// the directory, and by the golden tests.
class References {
 public:
  virtual ~References() = default;
  virtual Match account(std::string_view as_typed) const = 0; // number, leaf name or Parent:Child
  virtual Match klass(std::string_view as_typed) const = 0;   // leaf name or Parent:Child
  virtual Match vendor(const erp::Supplier& supplier) const = 0;
  virtual Match item(const erp::Part& part) const = 0; // never another revision
  // A transaction of ours or not that carries this number.
  virtual std::vector<qbo::Known> numbered(qbo::Entity entity,
                                           std::string_view doc_number) const = 0;
  virtual std::optional<Written> written(std::string_view subject) const = 0;
  virtual std::vector<WrittenBill> bills_of(std::string_view order_subject) const = 0;
  // The last day of the closed period of the books; nullopt: none is closed.
  virtual std::optional<erp::Date> books_closed_until() const = 0;
  // A person chose for this document that it be dated on the next open day.
  virtual bool next_open_day_chosen(std::string_view subject) const = 0;
  virtual std::string home_currency() const = 0;
  virtual bool multicurrency() const = 0;
  virtual ClassTracking class_tracking() const = 0;
  // Outside the United States: purchases carry tax codes there.
  virtual bool taxes_purchases() const = 0;
  // Intuit documents updates of some members for neither items nor vendors, and clients have them
  // taken (unconfirmed). False: QuickBooks once refused one, and wants the whole object.
  virtual bool takes_sparse_updates() const = 0;
  // By name; in the United States only the words TAX and NON. `kind` of a found one is "purchase"
  // if it may stand on purchases.
  virtual Match tax_code(std::string_view as_typed) const = 0;
};

} // namespace qb::mapping
