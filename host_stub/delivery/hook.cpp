#include "delivery/hook.hpp"

#include "erp/sdk/borrowed.hpp"

namespace host::delivery {
namespace {

// Nothing: not offered.
std::optional<erp_status> call(instances::Instance& instance, const erp::Event& event,
                               const erp_event& envelope, erp_error& error) {
  const auto* const hooks = instance.table<erp_procurement_v1>(ERP_INTERFACE_PROCUREMENT);
  const auto* const changes =
      instance.table<erp_procurement_changes_v1>(ERP_INTERFACE_PROCUREMENT_CHANGES);
  erp_instance* const to = instance.c();
  erp::Borrowing borrowing;
  switch (event.kind) {
  case erp::EventKind::part_saved:
    if (!hooks) return std::nullopt;
    return hooks->onPartSaved(to, &envelope, borrowing.part(std::get<erp::Part>(event.document)),
                              &error);
  case erp::EventKind::po_ordered:
    if (!hooks) return std::nullopt;
    return hooks->onPoOrdered(
        to, &envelope, borrowing.purchase_order(std::get<erp::PurchaseOrder>(event.document)),
        &error);
  case erp::EventKind::po_received:
    if (!hooks) return std::nullopt;
    return hooks->onPoReceived(to, &envelope,
                               borrowing.receipt(std::get<erp::Receipt>(event.document)), &error);
  case erp::EventKind::po_cancelled: {
    if (!changes) return std::nullopt;
    const auto& cancellation = std::get<erp::Cancellation>(event.document);
    return changes->onPoCancelled(to, &envelope, borrowing.purchase_order(cancellation.order),
                                  erp::borrow_or_absent(cancellation.reason), &error);
  }
  case erp::EventKind::receipt_corrected:
    if (!changes) return std::nullopt;
    return changes->onReceiptCorrected(
        to, &envelope, borrowing.receipt(std::get<erp::Receipt>(event.document)), &error);
  case erp::EventKind::supplier_saved:
    if (!changes) return std::nullopt;
    return changes->onSupplierSaved(
        to, &envelope, borrowing.supplier(std::get<erp::Supplier>(event.document)), &error);
  }
  return std::nullopt;
}

} // namespace

Said call_hook(instances::Instance& instance, const erp::Event& event, std::uint64_t sequence,
               std::uint32_t attempt) {
  const erp_event envelope{sizeof(erp_event), attempt,
                           sequence,          erp::borrow(event.event_id),
                           event.occurred_at, erp::borrow_or_absent(event.actor)};
  erp_error error{};
  const auto status = call(instance, event, envelope, error);
  if (!status) return {false, ERP_OK, 0, ""};
  if (*status >= ERP_OK) return {true, *status, 0, ""};
  return {true, *status, error.retry_after_ms,
          problem_of(*status, error, "the plugin refused the event").message};
}

} // namespace host::delivery
