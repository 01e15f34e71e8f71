#pragma once

#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/document.hpp"
#include "validate/lent.hpp"

#include <deque>
#include <memory>

namespace host::validate {

// What a hook is told, as C structs. They are copies that may be changed before a call.
struct Documents {
  erp_part part{};
  erp_purchase_order order{};
  erp_receipt receipt{};
  erp_supplier supplier{};
  erp_str reason{};
};

// Plainly made-up documents, as C++ values to be changed, and their C form.
class Sample {
 public:
  explicit Sample(const std::string& number = "1042");
  erp::Part part;
  erp::PurchaseOrder order;
  erp::Receipt receipt; // its order is set from `order` by documents()
  erp::Supplier supplier;
  // Borrowed from this object.
  Documents documents();

 private:
  std::deque<erp::Borrowing> borrowings_;
  std::deque<erp::Receipt> receipts_;
};

// Deep copies in lent memory.
const erp_part* lend(Lent& lent, const erp_part& part);
const erp_supplier* lend(Lent& lent, const erp_supplier& supplier);
const erp_purchase_order* lend(Lent& lent, const erp_purchase_order& order);
const erp_receipt* lend(Lent& lent, const erp_receipt& receipt);
const erp_event* lend(Lent& lent, const erp_event& event);

} // namespace host::validate
