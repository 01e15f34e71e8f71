#include "core/mapping/purchase_order.hpp"

#include "core/mapping/address.hpp"
#include "core/mapping/line_ids.hpp"
#include "core/mapping/order_lines.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/money/currency.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

qbo::Value reference_to(const std::string& id) {
  return qbo::Value::object().set("value", id);
}

// Members of a PurchaseOrder that may be written (Intuit, PurchaseOrder; confirmed but for
// DepartmentRef). What we do not own among them goes back as it was; everything else QuickBooks
// makes itself.
constexpr const char* writable_members[] = {
    "VendorRef",   "APAccountRef", "CurrencyRef", "ExchangeRate",  "GlobalTaxCalculation",
    "DocNumber",   "TxnDate",      "DueDate",     "Memo",          "PrivateNote",
    "VendorAddr",  "ShipAddr",     "ShipTo",      "ShipMethodRef", "POEmail",
    "EmailStatus", "POStatus",     "ClassRef",    "DepartmentRef", "SalesTermRef",
    "CustomField", "TxnTaxDetail"};

// The vendor's Id; "" if there is none yet (and then what to do about it is noted).
std::string vendor(const erp::PurchaseOrder& order, const References& references,
                   const settings::Settings& settings, Obstacles& obstacles, bool& create) {
  const Match match = references.vendor(order.supplier);
  switch (match.result) {
  case Match::Result::found:
    if (references.multicurrency() && !match.known.currency.empty() &&
        match.known.currency != order.currency)
      obstacles.add(ObstacleKind::supplier_currency, order.supplier.name, "", "currency",
                    match.known.currency + " instead of " + order.currency);
    return match.known.id;
  case Match::Result::missing:
    if (settings.missing_supplier == settings::MissingSupplier::create)
      create = true;
    else
      obstacles.add(ObstacleKind::supplier_unknown, order.supplier.name, "", "supplier", {},
                    match.candidates);
    return {};
  case Match::Result::inactive:
    obstacles.add(ObstacleKind::supplier_inactive, order.supplier.name, "", "supplier");
    return {};
  case Match::Result::ambiguous:
    obstacles.add(ObstacleKind::supplier_ambiguous, order.supplier.name, "", "supplier", {},
                  match.candidates);
    return {};
  }
  return {};
}

std::string payable_account(const erp::PurchaseOrder& order, const References& references,
                            const settings::Settings& settings, Obstacles& obstacles) {
  const std::string home = references.home_currency();
  const std::string name = settings.ap_account_for(order.currency, home);
  const std::string setting =
      order.currency == home ? "ap_account" : "ap_account." + order.currency;
  if (name.empty()) {
    obstacles.add(ObstacleKind::setting_missing, setting, "setting " + setting);
    return {};
  }
  const Match match = references.account(name);
  const std::string id = obstacles.account(match, name, "setting " + setting, setting);
  if (id.empty()) return {};
  if (match.known.kind != "Accounts Payable")
    obstacles.add(ObstacleKind::account_wrong_kind, name, "setting " + setting, setting,
                  "Accounts Payable");
  else if (references.multicurrency() && !match.known.currency.empty() &&
           match.known.currency != order.currency)
    obstacles.add(ObstacleKind::account_wrong_kind, name, "setting " + setting, setting,
                  "Accounts Payable in " + order.currency);
  return id;
}

void check_currency(const erp::PurchaseOrder& order, const References& references,
                    Obstacles& obstacles) {
  if (!money::minor_unit_places(order.currency))
    obstacles.add(ObstacleKind::currency_unknown, order.currency, "", "currency");
  else if (!references.multicurrency() && order.currency != references.home_currency())
    obstacles.add(ObstacleKind::currency_not_enabled, order.currency, "", "currency",
                  references.home_currency());
}

std::string private_note(const erp::PurchaseOrder& order, const std::string& subject) {
  std::string note = order.reference.value_or("");
  if (!note.empty()) note += "\n";
  return note + marker(subject);
}

// Everything of the order that is ours, but for the lines.
qbo::Value header(const erp::PurchaseOrder& order, const std::string& subject,
                  const References& references, const settings::Settings& settings,
                  Obstacles& obstacles, bool& create_vendor) {
  qbo::Value body = qbo::Value::object();
  body.set("VendorRef",
           reference_to(vendor(order, references, settings, obstacles, create_vendor)));
  body.set("APAccountRef", reference_to(payable_account(order, references, settings, obstacles)));
  body.set("CurrencyRef", reference_to(order.currency));
  if (order.exchange_rate && order.currency != references.home_currency())
    body.set("ExchangeRate", order.exchange_rate->trimmed());
  const std::string number = doc_number(order, settings.docnumber_format);
  if (number.empty() || limits::length_of(number) > limits::doc_number)
    obstacles.add(ObstacleKind::number_too_long, number, "", "number",
                  std::to_string(limits::doc_number) + " characters");
  body.set("DocNumber", number);
  if (order.ordered_on) body.set("TxnDate", erp::to_string(*order.ordered_on));
  if (order.due_on) body.set("DueDate", erp::to_string(*order.due_on));
  if (order.memo && !order.memo->empty())
    body.set("Memo", obstacles.within(*order.memo, limits::memo, "", "memo"));
  const std::string note = private_note(order, subject);
  body.set("PrivateNote", obstacles.within(note, limits::private_note, "", "reference"));
  if (order.supplier.address)
    if (auto address = physical_address(order.supplier.name, *order.supplier.address,
                                        "supplier address", obstacles))
      body.set("VendorAddr", std::move(*address));
  if (order.ship_to)
    if (auto address = physical_address(order.ship_to->name.value_or(""), *order.ship_to,
                                        "ship-to address", obstacles))
      body.set("ShipAddr", std::move(*address));
  if (order.supplier.email && is_email(*order.supplier.email) &&
      limits::length_of(*order.supplier.email) <= limits::email)
    body.set("POEmail", qbo::Value::object().set("Address", *order.supplier.email));
  body.set("POStatus", order.status == erp::PurchaseOrderStatus::ordered ? "Open" : "Closed");
  return body;
}

void check_lines(const erp::PurchaseOrder& order, Obstacles& obstacles) {
  const bool positive_fee =
      std::any_of(order.fees.begin(), order.fees.end(),
                  [](const erp::Fee& fee) { return fee.amount > erp::Decimal(0); });
  if (order.lines.empty() && !positive_fee)
    obstacles.add(ObstacleKind::nothing_to_order, order.number, "", "lines");
  if (order.lines.size() + order.fees.size() > limits::lines)
    obstacles.add(ObstacleKind::too_many_lines,
                  std::to_string(order.lines.size() + order.fees.size()), "", "lines",
                  std::to_string(limits::lines) + " lines");
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
// found again; or somebody else's. Another vendor's document may carry the number (decision 3).
std::optional<Plan> found_by_number(const std::string& number, const std::string& vendor_id,
                                    const std::string& subject, const References& references,
                                    Obstacles& obstacles) {
  for (const qbo::Known& known : references.purchase_orders_numbered(number)) {
    const bool ours = known.private_note.find(marker(subject)) != std::string::npos;
    if (ours && known.vendor_id == vendor_id)
      return Plan(ReadFirst{qbo::Entity::purchase_order, known.id});
    obstacles.add(ObstacleKind::number_taken, number, "", "number",
                  ours ? "another supplier" : "no mark of this order");
  }
  return std::nullopt;
}

} // namespace

std::string doc_number(const erp::PurchaseOrder& order, const std::string& format) {
  std::string number;
  for (std::size_t at = 0; at < format.size();) {
    if (format.compare(at, 4, "{id}") == 0) {
      number += order.id;
      at += 4;
    } else if (format.compare(at, 8, "{number}") == 0) {
      number += order.number;
      at += 8;
    } else {
      number += format[at++];
    }
  }
  return number;
}

Plan purchase_order(const erp::Event& event, const References& references,
                    const settings::Settings& settings) {
  const erp::PurchaseOrder& order = std::get<erp::PurchaseOrder>(event.document);
  if (!settings.sync_orders) return Nothing{"sync_orders=off"};
  const std::string subject = erp::subject_of(event);
  Obstacles obstacles;
  check_lines(order, obstacles);
  check_currency(order, references, obstacles);
  if (!obstacles.none()) return Blocked{obstacles.take()};

  bool create_vendor = false;
  qbo::Value body = header(order, subject, references, settings, obstacles, create_vendor);
  OrderLines lines = order_lines(order, references, settings, obstacles);

  const std::string vendor_id = body.text_of("VendorRef", "value");
  const auto written = references.written(subject);
  const bool linked = written && !written->entity_id.empty();
  std::optional<Plan> found;
  if (!linked && !vendor_id.empty())
    found = found_by_number(body.text_of("DocNumber"), vendor_id, subject, references, obstacles);
  if (!obstacles.none()) return Blocked{obstacles.take()};

  First first;
  if (create_vendor)
    first.events.push_back(derived_event(event, erp::EventKind::supplier_saved, order.supplier));
  for (const erp::Part& part : lines.parts_without_item)
    first.events.push_back(derived_event(event, erp::EventKind::part_saved, part));
  if (!first.events.empty()) return first;
  if (found) return *found;
  if (linked && written->answer.empty())
    return ReadFirst{qbo::Entity::purchase_order, written->entity_id};

  Send send;
  send.entity = qbo::Entity::purchase_order;
  send.doc_number = body.text_of("DocNumber");
  send.line_ids = lines.host_ids;
  send.host_total = lines.host_total.trimmed().to_string();
  send.document_total = lines.document_total.trimmed().to_string();
  qbo::Value content = body;
  content.set("Line", lines.lines);
  send.content = qbo::write(content);
  if (!linked) {
    send.body = std::move(content);
    return send;
  }
  const auto standing = qbo::read(written->answer);
  if (!standing) return ReadFirst{qbo::Entity::purchase_order, written->entity_id};
  send.entity_id = written->entity_id;
  qbo::Value update = qbo::Value::object();
  update.set("Id", written->entity_id);
  update.set("SyncToken", written->sync_token);
  for (const char* member : writable_members)
    if (const qbo::Value* old = standing->find(member)) update.set(member, *old);
  // Ours even where the host has none any more.
  for (const char* member : {"DueDate", "Memo"})
    update.erase(member);
  for (const auto& [key, value] : *body.members())
    update.set(key, value);
  update.set("Line", merged_lines(lines.lines, lines.host_ids, *standing, written->line_ids_json));
  send.body = std::move(update);
  return send;
}

} // namespace qb::mapping
