#include "borrowed_bytes.hpp"
#include "look_at.hpp"
#include "must.hpp"

#include "erp/sdk/canonical_json.hpp"

// What a host hands over is either refused with words, or copied whole: then its text form reads
// back as the same event.
namespace {

template <class Document>
const Document& present(const Document* document) {
  if (document == nullptr) throw erp::BrokenContract{"null, which the C fence refuses itself"};
  return *document;
}

erp::Event copied(fuzz::BorrowedBytes& host) {
  const erp::Envelope envelope = erp::copy(present(host.event()));
  erp::Event event;
  event.event_id = envelope.event_id;
  event.occurred_at = envelope.occurred_at;
  event.actor = envelope.actor;
  event.kind = static_cast<erp::EventKind>(host.choice(6));
  switch (event.kind) {
  case erp::EventKind::part_saved:
    event.document = erp::copy(present(host.part()));
    break;
  case erp::EventKind::supplier_saved:
    event.document = erp::copy(present(host.supplier()));
    break;
  case erp::EventKind::po_ordered:
    event.document = erp::copy(present(host.order()));
    break;
  case erp::EventKind::po_cancelled:
    event.document = erp::copy(present(host.order()), host.text());
    break;
  case erp::EventKind::po_received:
  case erp::EventKind::receipt_corrected:
    event.document = erp::copy(present(host.receipt()));
    break;
  }
  return event;
}

} // namespace

void look_at(std::string_view input) {
  fuzz::BorrowedBytes host(input);
  try {
    const erp::Event event = copied(host);
    const std::string text = erp::to_json(event);
    const auto again = erp::event_from_json(text);
    fuzz::must(again.has_value(), "what was copied can be read back: " +
                                      (again ? "" : again.error().field + again.error().what));
    fuzz::must(erp::to_json(*again) == text, "an event read back is the same");
    fuzz::must(erp::subject_of(*again) == erp::subject_of(event), "its subject is the same");
  } catch (const erp::BrokenContract& broken) {
    fuzz::must(!broken.what.empty(), "a refusal says why");
  }
}
