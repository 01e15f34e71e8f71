#include "erp/sdk/borrowed.hpp"
#include "instance.hpp"
#include "plugin.hpp"

// The tables of hooks: "erp.procurement/1" and "erp.procurement-changes/1".
namespace qb {
namespace {

// `copied`: makes our own document of the borrowed one.
template <class Document, class Copied>
erp_status record(erp_instance* self, const erp_event* event, const Document* document,
                  erp::EventKind kind, erp_error* error, const Copied& copied) noexcept {
  return erp::guarded(error, [&]() -> erp_status {
    const auto connector = self->active();
    if (connector->stopping()) throw erp::Failure{ERP_E_SHUTTING_DOWN, "The plugin is stopping."};
    try {
      if (!event || !document)
        throw erp::BrokenContract{"a hook was called without event or document"};
      const erp::Envelope envelope = erp::copy(*event);
      if (envelope.event_id.empty()) throw erp::BrokenContract{"an event has no event_id"};
      erp::Event recorded;
      recorded.event_id = envelope.event_id;
      recorded.occurred_at = envelope.occurred_at;
      recorded.actor = envelope.actor;
      recorded.kind = kind;
      recorded.document = copied(*document);
      switch (connector->record(recorded)) {
      case outbox::Recorded::fresh:
        return ERP_OK;
      case outbox::Recorded::duplicate:
        return ERP_DUPLICATE;
      case outbox::Recorded::conflict:
        throw erp::Failure{ERP_E_CONFLICT, "The event " + envelope.event_id +
                                               " was recorded before with other content."};
      }
      return ERP_E_INTERNAL;
    } catch (const erp::BrokenContract& broken) {
      throw erp::Failure{ERP_E_INVALID, broken.what};
    } catch (const store::Trouble& trouble) {
      throw erp::Failure{ERP_E_STORAGE, trouble.what};
    }
  });
}

template <class Document>
erp_status record(erp_instance* self, const erp_event* event, const Document* document,
                  erp::EventKind kind, erp_error* error) noexcept {
  return record(self, event, document, kind, error,
                [](const Document& borrowed) { return erp::copy(borrowed); });
}

erp_status ERP_CALL onPartSaved(erp_instance* self, const erp_event* event, const erp_part* part,
                                erp_error* error) noexcept {
  return record(self, event, part, erp::EventKind::part_saved, error);
}

erp_status ERP_CALL onPoOrdered(erp_instance* self, const erp_event* event,
                                const erp_purchase_order* order, erp_error* error) noexcept {
  return record(self, event, order, erp::EventKind::po_ordered, error);
}

erp_status ERP_CALL onPoReceived(erp_instance* self, const erp_event* event,
                                 const erp_receipt* receipt, erp_error* error) noexcept {
  return record(self, event, receipt, erp::EventKind::po_received, error);
}

erp_status ERP_CALL onPoCancelled(erp_instance* self, const erp_event* event,
                                  const erp_purchase_order* order, erp_str reason,
                                  erp_error* error) noexcept {
  return record(self, event, order, erp::EventKind::po_cancelled, error,
                [&](const erp_purchase_order& borrowed) { return erp::copy(borrowed, reason); });
}

erp_status ERP_CALL onReceiptCorrected(erp_instance* self, const erp_event* event,
                                       const erp_receipt* receipt, erp_error* error) noexcept {
  return record(self, event, receipt, erp::EventKind::receipt_corrected, error);
}

erp_status ERP_CALL onSupplierSaved(erp_instance* self, const erp_event* event,
                                    const erp_supplier* supplier, erp_error* error) noexcept {
  return record(self, event, supplier, erp::EventKind::supplier_saved, error);
}

} // namespace

const erp_procurement_v1 procurement_table = {onPartSaved, onPoOrdered, onPoReceived};
const erp_procurement_changes_v1 procurement_changes_table = {onPoCancelled, onReceiptCorrected,
                                                              onSupplierSaved};

} // namespace qb
