#include "core/mapping/purchase_order.hpp"

#include "core/mapping/line_ids.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/order_lines.hpp"
#include "core/mapping/order_update.hpp"
#include "core/mapping/standing.hpp"
#include "core/mapping/text_limits.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

// False: there is nothing to map.
bool check_lines(const erp::PurchaseOrder& order, const References& references,
                 const settings::Settings& settings, Obstacles& obstacles) {
  // A tax that QuickBooks reckons itself makes no line.
  const bool taxes_count = !reckons_tax(references, settings);
  const bool positive_fee =
      std::any_of(order.fees.begin(), order.fees.end(), [&](const erp::Fee& fee) {
        return fee.amount > erp::Decimal(0) && (taxes_count || !is_tax(fee, settings));
      });
  if (order.lines.empty() && !positive_fee) {
    obstacles.add(ObstacleKind::nothing_to_order, order.number, "", "lines");
    return false;
  }
  if (order.lines.size() + order.fees.size() > limits::lines)
    obstacles.add(ObstacleKind::too_many_lines,
                  std::to_string(order.lines.size() + order.fees.size()), "", "lines",
                  std::to_string(limits::lines) + " lines");
  return true;
}

// The mark and the line break before it need their place too.
std::size_t reference_length_max(const std::string& subject) {
  const std::size_t mark = limits::length_of(marker(subject)) + 1;
  return mark < limits::private_note ? limits::private_note - mark : 0;
}

erp::Event derived_event(const erp::Event& event, erp::EventKind kind,
                         decltype(erp::Event::document) document) {
  erp::Event out;
  out.occurred_at = event.occurred_at;
  out.actor = event.actor;
  out.kind = kind;
  out.document = std::move(document);
  return out;
}

// A live purchase order that carries the number although we have no link to it: ours, lost and
// found again; or somebody else's. Another vendor's document may carry the number.
// Without a vendor only that can be told which bears no mark of ours at all.
std::string found_by_number(const std::string& number, const std::string& vendor_id,
                            const std::string& subject, const References& references,
                            Obstacles& obstacles) {
  const auto carriers = references.numbered(qbo::Entity::purchase_order, number);
  for (const qbo::Known& known : carriers)
    if (known.vendor_id == vendor_id && carries_marker(known.private_note, subject))
      return known.id;
  for (const qbo::Known& known : carriers) {
    const bool marked = carries_marker(known.private_note, subject);
    if (!marked || !vendor_id.empty())
      obstacles.add(ObstacleKind::number_taken, number, "", "number",
                    marked ? "another supplier" : "no mark of this order");
  }
  return {};
}

// Our own order is to get a number that another one carries.
void check_new_number(const std::string& number, const std::string& entity_id,
                      const qbo::Value& standing, const References& references,
                      Obstacles& obstacles) {
  if (standing.text_of("DocNumber") == number) return;
  for (const qbo::Known& known : references.numbered(qbo::Entity::purchase_order, number))
    if (known.id != entity_id)
      obstacles.add(ObstacleKind::number_taken, number, "", "number", "no mark of this order");
}

// All that is ours of an order.
struct Mapped {
  OrderHeader header;
  OrderLines lines;
  std::string reference;
  bool class_is_ours = false; // else the host says nothing of classes
  bool untaxed = false;       // outside the United States, and no tax code is set
};

Mapped map_order(const erp::PurchaseOrder& order, const std::string& subject,
                 const References& references, const settings::Settings& settings,
                 Obstacles& obstacles) {
  Mapped mapped;
  const bool any_lines = check_lines(order, references, settings, obstacles);
  mapped.header = order_header(order, references, settings, obstacles);
  if (check_currency(order, references, obstacles) && any_lines)
    mapped.lines = order_lines(order, references, settings, obstacles);
  if (!mapped.lines.transaction_class.empty())
    mapped.header.body.set("ClassRef", qbo::reference_to(mapped.lines.transaction_class));
  mapped.class_is_ours =
      !settings.class_attribute.empty() && references.class_tracking() != ClassTracking::off;
  if (reckons_tax(references, settings))
    mapped.header.body.set("GlobalTaxCalculation", "TaxExcluded");
  else
    mapped.untaxed = references.taxes_purchases();
  mapped.reference = obstacles.within(order.reference.value_or(""), reference_length_max(subject),
                                      "", "reference");
  return mapped;
}

// A new order; its content is what is said of it in any case.
Send create(const erp::Event& event, const std::string& subject, const Mapped& mapped) {
  Send send;
  send.entity = qbo::Entity::purchase_order;
  send.doc_number = mapped.header.body.text_of("DocNumber");
  send.line_ids = mapped.lines.host_ids;
  if (mapped.lines.host_total) send.host_total = mapped.lines.host_total->trimmed().to_string();
  send.document_total = mapped.lines.document_total.trimmed().to_string();
  send.body = mapped.header.body;
  send.body.set("PrivateNote", private_note(mapped.reference, subject, ""));
  send.body.set("Line", mapped.lines.lines);
  send.content = qbo::write(send.body);
  if (mapped.lines.host_tax) send.host_tax = mapped.lines.host_tax->trimmed().to_string();
  // Of a standing order these are QuickBooks' people's: whether they mailed it, how it is taxed.
  if (send.body.find("POEmail")) send.body.set("EmailStatus", "NotSet");
  if (mapped.untaxed) send.body.set("GlobalTaxCalculation", "NotApplicable");
  // Without a date QuickBooks takes that of its server in California (Intuit, PurchaseOrder;
  // confirmed).
  if (!send.body.find("TxnDate"))
    send.body.set("TxnDate", erp::to_rfc3339(event.occurred_at).substr(0, 10));
  return send;
}

Send update(Send send, const std::string& subject, const Mapped& mapped, const Written& written,
            const qbo::Value& standing) {
  send.entity_id = written.entity_id;
  send.body = updated_order(mapped.header.body, written, standing);
  if (mapped.class_is_ours && !mapped.header.body.find("ClassRef")) send.body.erase("ClassRef");
  send.body.set("PrivateNote",
                private_note(mapped.reference, subject, standing.text_of("PrivateNote")));
  MergedLines merged = merged_lines(mapped.lines.lines, mapped.lines.host_ids, standing,
                                    written.line_ids_json, mapped.class_is_ours);
  send.body.set("Line", std::move(merged.lines));
  send.line_ids = std::move(merged.host_ids);
  for (const qbo::Value& line : merged.billed)
    send.warnings.push_back({ObstacleKind::billed_line_kept,
                             line.text_of("Description"),
                             "line " + line.text_of("Id") + " in QuickBooks",
                             "",
                             "",
                             {}});
  return send;
}

} // namespace

First first_of(const erp::Event& event, const OrderHeader& header,
               const std::vector<erp::Part>& parts_without_item) {
  First first;
  if (header.supplier_without_vendor)
    first.events.push_back(
        derived_event(event, erp::EventKind::supplier_saved, *header.supplier_without_vendor));
  for (const erp::Part& part : parts_without_item)
    first.events.push_back(derived_event(event, erp::EventKind::part_saved, part));
  return first;
}

std::optional<std::string> marked_order(const std::string& number, const std::string& subject,
                                        const References& references) {
  for (const qbo::Known& known : references.numbered(qbo::Entity::purchase_order, number))
    if (carries_marker(known.private_note, subject)) return known.id;
  return std::nullopt;
}

Plan purchase_order(const erp::Event& event, const References& references,
                    const settings::Settings& settings) {
  const erp::PurchaseOrder& order = std::get<erp::PurchaseOrder>(event.document);
  if (!settings.sync_orders) return Nothing{"sync_orders=off"};
  const std::string subject = erp::subject_of(event);
  const auto written = references.written(subject);
  const bool linked = written && !written->entity_id.empty();
  if (order.status == erp::PurchaseOrderStatus::cancelled && linked &&
      settings.cancelled_orders == settings::CancelledOrders::remove)
    return cancelled_order(order, subject, references, settings);
  if (order.status == erp::PurchaseOrderStatus::cancelled && !linked &&
      !marked_order(doc_number(order, settings.docnumber_format), subject, references))
    return Nothing{"the order was cancelled before it was sent"};

  Obstacles obstacles;
  const Mapped mapped = map_order(order, subject, references, settings, obstacles);
  const std::string number = mapped.header.body.text_of("DocNumber");
  std::string found_id;
  std::optional<qbo::Value> standing;
  if (!linked) {
    found_id = found_by_number(number, mapped.header.vendor_id, subject, references, obstacles);
  } else if ((standing = standing_of(*written))) {
    check_new_number(number, written->entity_id, *standing, references, obstacles);
  }
  if (!obstacles.none()) return Blocked{obstacles.take()};

  First first = first_of(event, mapped.header, mapped.lines.parts_without_item);
  if (!first.events.empty()) return first;
  if (!found_id.empty()) return ReadFirst{qbo::Entity::purchase_order, found_id};
  if (linked && !standing) return ReadFirst{qbo::Entity::purchase_order, written->entity_id};
  Send send = create(event, subject, mapped);
  if (linked) send = update(std::move(send), subject, mapped, *written, *standing);
  for (Obstacle& warning : obstacles.take_warnings())
    send.warnings.push_back(std::move(warning));
  return send;
}

} // namespace qb::mapping
