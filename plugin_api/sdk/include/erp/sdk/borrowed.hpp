#pragma once

#include "erp/document/event.h"
#include "erp/document/receipt.h"
#include "erp/sdk/document.hpp"

#include <deque>
#include <vector>

// Between the owning C++ values and the borrowed C structs.
namespace erp {

inline erp_str borrow(std::string_view text) {
  return erp_str{text.data() ? text.data() : "", text.size()};
}
inline erp_str borrow_or_absent(const std::optional<std::string>& text) {
  return text ? borrow(*text) : erp_str{nullptr, 0};
}
inline std::string_view view(const erp_str& text) {
  return text.ptr ? std::string_view(text.ptr, text.len) : std::string_view();
}

// Host side. Builds C structs that point into the C++ values given; both must outlive the use of
// what it returns.
class Borrowing {
 public:
  const erp_part* part(const Part& part);
  const erp_supplier* supplier(const Supplier& supplier);
  const erp_address* address(const Address& address);
  const erp_purchase_order* purchase_order(const PurchaseOrder& order);
  const erp_receipt* receipt(const Receipt& receipt);

 private:
  std::deque<erp_part> parts_;
  std::deque<erp_address> addresses_;
  std::deque<erp_supplier> suppliers_;
  std::deque<erp_po_line> lines_;
  std::deque<erp_fee> fees_;
  std::deque<erp_purchase_order> orders_;
  std::deque<erp_receipt_line> receipt_lines_;
  std::deque<erp_receipt> receipts_;
  std::deque<std::vector<erp_attr>> attributes_;
  std::deque<std::vector<const erp_po_line*>> line_lists_;
  std::deque<std::vector<const erp_fee*>> fee_lists_;
  std::deque<std::vector<const erp_receipt_line*>> receipt_line_lists_;
};

// Plugin side. Copy a borrowed document, reading only what its struct_size covers. Throw
// BrokenContract if the other side breaks a rule: null where a document must be, a size
// below 1.0's, a number that is none, text that is not UTF-8, an amount in another currency than
// its order's.
struct BrokenContract {
  std::string what;
};
Part copy(const erp_part& part);
Supplier copy(const erp_supplier& supplier);
PurchaseOrder copy(const erp_purchase_order& order);
Receipt copy(const erp_receipt& receipt);
Cancellation copy(const erp_purchase_order& order, const erp_str& reason);
struct Envelope {
  std::string event_id;
  std::uint64_t sequence = 0;
  std::uint32_t attempt = 1;
  Instant occurred_at = 0;
  std::optional<std::string> actor;
};
Envelope copy(const erp_event& event);

} // namespace erp
