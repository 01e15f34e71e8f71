#include "erp.hpp"

#include <algorithm>

namespace simulation {
namespace {

erp::Decimal money(std::int64_t ten_thousandths) {
  return erp::Decimal(ten_thousandths, 4);
}

erp::Part part_of(int part, int text) {
  erp::Part out;
  out.id = "P-" + std::to_string(part);
  out.number = "820-" + std::to_string(part);
  if (part % 2 == 0) out.revision = "B";
  out.description =
      "Bracket " + std::to_string(part) + (text > 0 ? ", text " + std::to_string(text) : "");
  return out;
}

erp::Supplier supplier_of(int supplier) {
  erp::Supplier out;
  out.id = "S-" + std::to_string(supplier);
  out.name = Erp::supplier_name(supplier);
  return out;
}

erp::PurchaseOrder document_of(const Order& order) {
  erp::PurchaseOrder out;
  out.id = out.number = order.id;
  out.version = order.version;
  out.status = order.status == Order::Status::ordered  ? erp::PurchaseOrderStatus::ordered
               : order.status == Order::Status::closed ? erp::PurchaseOrderStatus::closed
                                                       : erp::PurchaseOrderStatus::cancelled;
  out.currency = "USD";
  out.ordered_on = erp::Date{2026, 11, 20};
  if (!order.memo.empty()) out.memo = order.memo;
  out.supplier = supplier_of(order.supplier);
  for (const Line& line : order.lines) {
    erp::PurchaseOrderLine one;
    one.id = line.id;
    if (line.part >= 0) one.part = part_of(line.part, 0);
    one.description = "line " + line.id;
    if (line.quantity > 0) {
      one.quantity = erp::Decimal(line.quantity);
      one.unit_cost = money(line.cost);
    }
    one.total = money(line.total());
    one.attributes["Expense Code"] =
        line.code.empty() ? std::nullopt : std::optional<std::string>(line.code);
    out.lines.push_back(std::move(one));
  }
  if (order.fee != 0) out.fees.push_back({"f1", "Shipping", money(order.fee)});
  return out;
}

} // namespace

Erp::Erp(Dice& dice, const Swarm&) : dice_(dice) {}

std::string Erp::supplier_name(int supplier) {
  return "Example Supplier " + std::to_string(supplier);
}

std::string Erp::item_name(int part) {
  return "820-" + std::to_string(part) + (part % 2 == 0 ? " Rev B" : "");
}

void Erp::accept(const erp::Event& event) {
  all_accepted_.push_back(event);
  accepted_[erp::subject_of(event)] = event;
}

void Erp::tell(erp::Event event, erp::Instant now) {
  event.event_id = next_event_id_.empty() ? "e-" + std::to_string(++events_) : next_event_id_;
  next_event_id_.clear();
  event.occurred_at = now;
  to_tell_.push_back({std::move(event), false});
}

void Erp::tell_order(const Order& order, erp::EventKind kind, erp::Instant now) {
  erp::Event event;
  event.kind = kind;
  if (kind == erp::EventKind::po_cancelled)
    event.document = erp::Cancellation{document_of(order), "not needed"};
  else
    event.document = document_of(order);
  next_event_id_ = "e-" + std::to_string(++events_);
  orders_told_[next_event_id_] = order;
  tell(std::move(event), now);
}

void Erp::tell_receipt(const Receipt& receipt, erp::EventKind kind, erp::Instant now) {
  const auto order = std::find_if(orders_.begin(), orders_.end(),
                                  [&](const Order& one) { return one.id == receipt.order; });
  erp::Receipt document;
  document.id = document.number = receipt.id;
  document.received_on = erp::Date{2026, 11, 21};
  document.complete = receipt.complete;
  document.order = document_of(*order);
  for (const auto& [line, quantity] : receipt.received)
    document.lines.push_back({line, erp::Decimal(quantity)});
  erp::Event event;
  event.kind = kind;
  event.document = std::move(document);
  next_event_id_ = "e-" + std::to_string(++events_);
  receipts_told_[next_event_id_] = receipt;
  tell(std::move(event), now);
}

Line Erp::new_line(int number) {
  Line line;
  line.id = std::to_string(number);
  const int kind = dice_.below(10);
  line.part = kind < 7 ? dice_.below(parts) : -1;
  line.quantity = kind < 9 ? dice_.between(1, 9) : 0;
  line.cost = dice_.chance(500) ? dice_.between(1, 900) * 100 : dice_.between(1, 90000) * 25;
  if (kind == 6 || kind == 7) line.code = dice_.chance(900) ? good_code : bad_code;
  return line;
}

void Erp::order(erp::Instant now) {
  Order order;
  order.id = std::to_string(1001 + orders_.size());
  order.supplier = dice_.below(suppliers);
  for (int line = 1, count = dice_.between(1, 4); line <= count; ++line)
    order.lines.push_back(new_line(line));
  if (dice_.chance(300)) order.fee = dice_.between(1, 500) * 100;
  orders_.push_back(order);
  tell_order(order, erp::EventKind::po_ordered, now);
}

void Erp::change(erp::Instant now) {
  if (orders_.empty()) return;
  Order& order = dice_.pick(orders_);
  if (order.status != Order::Status::ordered) return;
  order.version += 1;
  order.memo = "version " + std::to_string(order.version);
  if (!order.was_received) {
    Line& line = dice_.pick(order.lines);
    switch (dice_.below(4)) {
    case 0:
      line.quantity = line.quantity == 0 ? 0 : dice_.between(1, 9);
      break;
    case 1:
      order.lines.push_back(new_line(std::stoi(order.lines.back().id) + 1));
      break;
    case 2:
      if (order.lines.size() > 1) order.lines.erase(order.lines.begin());
      break;
    default:
      line.cost = dice_.between(1, 900) * 100;
      if (line.code == bad_code) line.code = good_code;
    }
  }
  tell_order(order, erp::EventKind::po_ordered, now);
}

void Erp::receive(erp::Instant now) {
  if (orders_.empty()) return;
  Order& order = dice_.pick(orders_);
  if (order.status != Order::Status::ordered) return;
  Receipt receipt;
  receipt.id = "R-" + std::to_string(receipts_.size() + 1);
  receipt.order = order.id;
  receipt.complete = dice_.chance(300);
  for (const Line& line : order.lines) {
    int open = line.quantity;
    for (const Receipt& other : receipts_)
      if (const auto part = other.received.find(line.id);
          other.order == order.id && part != other.received.end())
        open -= part->second;
    if (open > 0 && dice_.chance(700)) receipt.received[line.id] = dice_.between(1, open);
  }
  if (receipt.received.empty()) return;
  order.was_received = true;
  receipts_.push_back(receipt);
  tell_receipt(receipt, erp::EventKind::po_received, now);
}

void Erp::correct(erp::Instant now) {
  if (receipts_.empty()) return;
  Receipt& receipt = dice_.pick(receipts_);
  const bool all = dice_.chance(250); // nothing came in after all
  for (auto& [line, quantity] : receipt.received)
    quantity = all ? 0 : dice_.between(0, quantity);
  tell_receipt(receipt, erp::EventKind::receipt_corrected, now);
}

void Erp::cancel(erp::Instant now) {
  if (orders_.empty()) return;
  Order& order = dice_.pick(orders_);
  if (order.status != Order::Status::ordered) return;
  order.version += 1;
  const bool by_status = dice_.chance(400);
  order.status = by_status && dice_.chance(500) ? Order::Status::closed : Order::Status::cancelled;
  tell_order(order, by_status ? erp::EventKind::po_ordered : erp::EventKind::po_cancelled, now);
}

void Erp::save_part(erp::Instant now) {
  const int part = dice_.below(parts);
  erp::Event event;
  event.kind = erp::EventKind::part_saved;
  event.document = part_of(part, ++part_texts_[part]);
  tell(std::move(event), now);
}

void Erp::save_supplier(erp::Instant now) {
  erp::Event event;
  event.kind = erp::EventKind::supplier_saved;
  event.document = supplier_of(dice_.below(suppliers));
  tell(std::move(event), now);
}

void Erp::save_again(const std::string& order_id, erp::Instant now) {
  for (Order& order : orders_)
    if (order.id == order_id) {
      order.version += 1;
      order.memo = "version " + std::to_string(order.version);
      tell_order(order, erp::EventKind::po_ordered, now);
    }
}

void Erp::something_happens(erp::Instant now) {
  const int what = dice_.below(100);
  if (what < 40)
    order(now);
  else if (what < 60)
    change(now);
  else if (what < 78)
    receive(now);
  else if (what < 84)
    correct(now);
  else if (what < 89)
    cancel(now);
  else if (what < 95)
    save_part(now);
  else
    save_supplier(now);
}

} // namespace simulation
