#include "erp/sdk/document.hpp"

namespace erp {
namespace {

struct Subject {
  std::string operator()(const Part& part) const { return "part/" + part.id; }
  std::string operator()(const PurchaseOrder& order) const { return "purchase_order/" + order.id; }
  std::string operator()(const Receipt& receipt) const { return "receipt/" + receipt.id; }
  std::string operator()(const Cancellation& cancellation) const {
    return (*this)(cancellation.order);
  }
  std::string operator()(const Supplier& supplier) const { return "supplier/" + supplier.id; }
};

} // namespace

const char* to_string(EventKind kind) {
  switch (kind) {
  case EventKind::part_saved:
    return "part_saved";
  case EventKind::po_ordered:
    return "po_ordered";
  case EventKind::po_received:
    return "po_received";
  case EventKind::po_cancelled:
    return "po_cancelled";
  case EventKind::receipt_corrected:
    return "receipt_corrected";
  case EventKind::supplier_saved:
    return "supplier_saved";
  }
  return "";
}

std::string subject_of(const Event& event) {
  return std::visit(Subject(), event.document);
}

std::string ordering_key_of(const Event& event) {
  if (const auto* receipt = std::get_if<Receipt>(&event.document)) return Subject()(receipt->order);
  return subject_of(event);
}

} // namespace erp
