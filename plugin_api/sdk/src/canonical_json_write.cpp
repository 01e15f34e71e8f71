#include "erp/sdk/canonical_json.hpp"

#include "json_text.hpp"

// Written by hand, straight into one string: this runs inside a hook.
namespace erp {
namespace {

using erp::append; // the scalars

template <class T>
void append(std::string& out, const std::optional<T>& value);
template <class T>
void append(std::string& out, const std::vector<T>& items);
void append(std::string& out, const Part& part);
void append(std::string& out, const PurchaseOrderLine& line);
void append(std::string& out, const Fee& fee);
void append(std::string& out, const ReceiptLine& line);
void append(std::string& out, const Attributes& attributes);
void append(std::string& out, const Address& address);
void append(std::string& out, const Supplier& supplier);
void append(std::string& out, const PurchaseOrder& order);
void append(std::string& out, const Receipt& receipt);

// `begin` is everything up to the value: ",\"number\":".
template <class T>
void member(std::string& out, std::string_view begin, const T& value) {
  out += begin;
  append(out, value);
}

template <class T>
void append(std::string& out, const std::vector<T>& items) {
  out += '[';
  for (const T& item : items) {
    append(out, item);
    out += ',';
  }
  if (!items.empty()) out.pop_back();
  out += ']';
}

const char* text_of(PartKind kind) {
  switch (kind) {
  case PartKind::stocked:
    return "\"stocked\"";
  case PartKind::non_stocked:
    return "\"non_stocked\"";
  case PartKind::service:
    return "\"service\"";
  }
  return "null";
}

const char* text_of(PurchaseOrderStatus status) {
  switch (status) {
  case PurchaseOrderStatus::ordered:
    return "\"ordered\"";
  case PurchaseOrderStatus::closed:
    return "\"closed\"";
  case PurchaseOrderStatus::cancelled:
    return "\"cancelled\"";
  }
  return "null";
}

void append(std::string& out, const Part& part) {
  member(out, "{\"id\":", part.id);
  member(out, ",\"number\":", part.number);
  member(out, ",\"revision\":", part.revision);
  member(out, ",\"description\":", part.description);
  out += ",\"kind\":";
  out += text_of(part.kind);
  member(out, ",\"active\":", part.active);
  out += '}';
}

void append(std::string& out, const Address& address) {
  out += '{';
  if (address.name) {
    member(out, "\"name\":", *address.name);
    out += ',';
  }
  member(out, "\"line1\":", address.line1);
  member(out, ",\"line2\":", address.line2);
  member(out, ",\"city\":", address.city);
  member(out, ",\"region\":", address.region);
  member(out, ",\"postal_code\":", address.postal_code);
  member(out, ",\"country\":", address.country);
  out += '}';
}

void append(std::string& out, const Supplier& supplier) {
  member(out, "{\"id\":", supplier.id);
  member(out, ",\"name\":", supplier.name);
  member(out, ",\"email\":", supplier.email);
  member(out, ",\"currency\":", supplier.currency);
  member(out, ",\"address\":", supplier.address);
  out += '}';
}

void append(std::string& out, const Attributes& attributes) {
  out += '{';
  for (const auto& [key, text] : attributes) {
    append(out, key);
    member(out, ":", text);
    out += ',';
  }
  if (!attributes.empty()) out.pop_back();
  out += '}';
}

void append(std::string& out, const PurchaseOrderLine& line) {
  member(out, "{\"id\":", line.id);
  member(out, ",\"part\":", line.part);
  member(out, ",\"description\":", line.description);
  member(out, ",\"quantity\":", line.quantity);
  member(out, ",\"unit_cost\":", line.unit_cost);
  member(out, ",\"total\":", line.total);
  member(out, ",\"attributes\":", line.attributes);
  out += '}';
}

void append(std::string& out, const Fee& fee) {
  member(out, "{\"id\":", fee.id);
  member(out, ",\"name\":", fee.name);
  member(out, ",\"amount\":", fee.amount);
  out += '}';
}

void append(std::string& out, const PurchaseOrder& order) {
  member(out, "{\"id\":", order.id);
  member(out, ",\"number\":", order.number);
  out += ",\"version\":";
  out += std::to_string(order.version);
  out += ",\"status\":";
  out += text_of(order.status);
  member(out, ",\"currency\":", order.currency);
  member(out, ",\"exchange_rate\":", order.exchange_rate);
  member(out, ",\"ordered_on\":", order.ordered_on);
  member(out, ",\"due_on\":", order.due_on);
  member(out, ",\"memo\":", order.memo);
  member(out, ",\"reference\":", order.reference);
  member(out, ",\"supplier\":", order.supplier);
  member(out, ",\"ship_to\":", order.ship_to);
  member(out, ",\"lines\":", order.lines);
  member(out, ",\"fees\":", order.fees);
  out += '}';
}

void append(std::string& out, const ReceiptLine& line) {
  member(out, "{\"po_line_id\":", line.po_line_id);
  member(out, ",\"quantity\":", line.quantity);
  out += '}';
}

void append(std::string& out, const Receipt& receipt) {
  member(out, "{\"id\":", receipt.id);
  member(out, ",\"number\":", receipt.number);
  member(out, ",\"received_on\":", receipt.received_on);
  member(out, ",\"complete\":", receipt.complete);
  member(out, ",\"purchase_order\":", receipt.order);
  member(out, ",\"lines\":", receipt.lines);
  out += '}';
}

template <class T>
void append(std::string& out, const std::optional<T>& value) {
  if (value)
    append(out, *value);
  else
    out += "null";
}

// Writes the document's own member of an event.
struct DocumentMember {
  std::string& out;
  void operator()(const Part& part) const { member(out, ",\"part\":", part); }
  void operator()(const PurchaseOrder& order) const { member(out, ",\"purchase_order\":", order); }
  void operator()(const Receipt& receipt) const { member(out, ",\"receipt\":", receipt); }
  void operator()(const Cancellation& cancellation) const {
    (*this)(cancellation.order);
    member(out, ",\"reason\":", cancellation.reason);
  }
  void operator()(const Supplier& supplier) const { member(out, ",\"supplier\":", supplier); }
};

constexpr std::size_t size_expected_bytes = 4096; // an order of ten lines

} // namespace

std::string to_json(const Event& event) {
  std::string out;
  out.reserve(size_expected_bytes);
  out += "{\"event_id\":";
  if (event.event_id.empty())
    out += "null";
  else
    append(out, event.event_id);
  out += ",\"occurred_at\":\"";
  out += to_rfc3339(event.occurred_at);
  member(out, "\",\"actor\":", event.actor);
  out += ",\"kind\":\"";
  out += to_string(event.kind);
  out += '"';
  std::visit(DocumentMember{out}, event.document);
  out += '}';
  return out;
}

std::string to_json(const PurchaseOrder& order) {
  std::string out;
  out.reserve(size_expected_bytes);
  append(out, order);
  return out;
}

} // namespace erp
