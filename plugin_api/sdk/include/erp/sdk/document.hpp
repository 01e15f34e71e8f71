#pragma once

#include "erp/sdk/decimal.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The host's documents as C++ values that own what they hold. Their C form is in erp/document/,
// their text form in canonical_json.hpp; this is what a plugin works with.
namespace erp {

// Microseconds since 1970-01-01T00:00:00Z.
using Instant = std::int64_t;

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  friend bool operator==(const Date& a, const Date& b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
  }
};
// "2026-11-20"; nullopt if it is no day of the calendar.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(const Date& date);
// RFC 3339 with any offset, to the microsecond.
std::optional<Instant> parse_instant(std::string_view text);
// Within the years 1 to 9999, outside of which RFC 3339 has no form.
bool is_representable(Instant instant);
// In UTC, "2026-11-20T10:00:00Z"; a fraction only where there is one. Throws std::out_of_range if
// the instant is not representable.
std::string to_rfc3339(Instant instant);

enum class PartKind { stocked, non_stocked, service };

struct Part {
  std::string id;
  std::string number;
  std::optional<std::string> revision;
  std::optional<std::string> description;
  PartKind kind = PartKind::stocked;
  bool active = true;
};

struct Address {
  std::optional<std::string> name, line1, line2, city, region, postal_code, country;
};

struct Supplier {
  std::string id;
  std::string name;
  std::optional<std::string> email;
  std::optional<std::string> currency; // ISO 4217
  std::optional<Address> address;
};

// The users' own fields. A key with nullopt is there and has no value.
using Attributes = std::map<std::string, std::optional<std::string>, std::less<>>;

struct PurchaseOrderLine {
  std::string id;
  std::optional<Part> part;
  std::optional<std::string> description;
  std::optional<Decimal> quantity;
  std::optional<Decimal> unit_cost;
  Decimal total;
  Attributes attributes;
};

struct Fee {
  std::string id;
  std::string name;
  Decimal amount;
};

enum class PurchaseOrderStatus { ordered, closed, cancelled };

// All amounts are in `currency`.
struct PurchaseOrder {
  std::string id;
  std::string number;
  std::int64_t version = 0;
  PurchaseOrderStatus status = PurchaseOrderStatus::ordered;
  std::string currency;
  std::optional<Decimal> exchange_rate;
  std::optional<Date> ordered_on;
  std::optional<Date> due_on;
  std::optional<std::string> memo;
  std::optional<std::string> reference;
  Supplier supplier;
  std::optional<Address> ship_to;
  std::vector<PurchaseOrderLine> lines;
  std::vector<Fee> fees;
};

struct ReceiptLine {
  std::string po_line_id;
  Decimal quantity;
};

struct Receipt {
  std::string id;
  std::string number;
  std::optional<Date> received_on;
  bool complete = false;
  PurchaseOrder order;
  std::vector<ReceiptLine> lines;
};

enum class EventKind {
  part_saved,
  po_ordered,
  po_received,
  po_cancelled,
  receipt_corrected,
  supplier_saved
};
const char* to_string(EventKind kind); // "po_ordered"

struct Cancellation {
  PurchaseOrder order;
  std::optional<std::string> reason;
};

// Which alternative stands: Part for part_saved, PurchaseOrder for po_ordered, Receipt for
// po_received and receipt_corrected, Cancellation for po_cancelled, Supplier for supplier_saved.
struct Event {
  std::string event_id; // empty: to be made by the host
  Instant occurred_at = 0;
  std::optional<std::string> actor;
  EventKind kind = EventKind::part_saved;
  std::variant<Part, PurchaseOrder, Receipt, Cancellation, Supplier> document;
};

// "purchase_order/1042", "part/P-1", "receipt/R-1", "supplier/S-7": what the event is about.
std::string subject_of(const Event& event);
// What it must keep its order with: as the subject, but a receipt counts with its purchase order.
std::string ordering_key_of(const Event& event);

} // namespace erp
