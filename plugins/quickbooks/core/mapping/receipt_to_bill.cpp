#include "core/mapping/bill.hpp"
#include "core/mapping/line_ids.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/order_lines.hpp"
#include "core/mapping/purchase_order.hpp"
#include "core/mapping/receipt.hpp"
#include "core/mapping/received_order.hpp"
#include "core/mapping/standing.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/verdict/words.hpp"

#include <algorithm>
#include <tuple>

namespace qb::mapping {
namespace {

using erp::Decimal;
using qbo::Entity;
using qbo::Value;

bool is_after(const erp::Date& a, const erp::Date& b) {
  return std::tie(a.year, a.month, a.day) > std::tie(b.year, b.month, b.day);
}

erp::Date day_after(const erp::Date& date) {
  erp::Date next{date.year, date.month, date.day + 1};
  if (erp::parse_date(erp::to_string(next))) return next;
  next = {date.year, date.month + 1, 1};
  if (next.month <= 12) return next;
  return {date.year + 1, 1, 1};
}

void add(Quantities& sum, const Quantities& more) {
  for (const auto& [line, quantity] : more) {
    const auto total = sum[line].plus(quantity);
    if (total) sum[line] = *total;
  }
}

class ReceiptToBill {
 public:
  ReceiptToBill(const erp::Event& event, bool derived, const References& references,
                const settings::Settings& settings)
      : event_(event), receipt_(std::get<erp::Receipt>(event.document)), derived_(derived),
        references_(references), settings_(settings), subject_(erp::subject_of(event)),
        order_subject_("purchase_order/" + receipt_.order.id) {}

  Plan plan() {
    look_at_bills();
    Quantities on_bill = received_;
    for (const auto& [receipt, quantities] : billing_.receipts)
      if (receipt != subject_) add(on_bill, quantities);
    if (bill_is_written() && billing_.receipts.contains(subject_) &&
        billing_.receipts.at(subject_) == received_)
      return can_take_more(on_bill) ? taking_more(on_bill) : as_it_stands();
    if (derived_) return Nothing{"it was changed since"};
    if (received_.empty() && !billing_.receipts.contains(subject_))
      return Nothing{"nothing was received"};
    if (on_bill.empty()) return removal();
    return bill(on_bill);
  }

 private:
  // --- what stands already
  void look_at_bills() {
    for (const erp::ReceiptLine& line : receipt_.lines)
      add(received_, {{line.po_line_id, line.quantity}});
    std::erase_if(received_, [](const auto& entry) { return entry.second.is_zero(); });
    bill_subject_ =
        settings_.receipts == settings::Receipts::one_bill ? "bill/" + receipt_.order.id : subject_;
    const auto bills = references_.bills_of(order_subject_);
    for (const WrittenBill& bill : bills) // wherever it was billed before, there it stays
      if (billing_from(bill.billing_json).receipts.contains(subject_)) bill_subject_ = bill.subject;
    for (const WrittenBill& bill : bills) {
      if (bill.subject == bill_subject_) {
        written_ = bill.written;
        billing_ = billing_from(bill.billing_json);
      } else if (!bill.written.entity_id.empty()) {
        add_elsewhere(billing_from(bill.billing_json));
      }
    }
  }

  void add_elsewhere(const Billing& other) {
    for (const auto& [line, part] : other.lines) {
      BilledPart& sum = elsewhere_[line];
      if (part.quantity) sum.quantity = sum.quantity.value_or(Decimal(0)).plus(*part.quantity);
      sum.amount = sum.amount.plus(part.amount).value_or(sum.amount);
    }
  }

  bool bill_is_written() const { return written_ && !written_->entity_id.empty(); }

  ReadFirst read_bill() const {
    return ReadFirst{Entity::bill, written_->entity_id, bill_subject_, order_subject_};
  }

  // The receipt is on its bill as it says; what is left to see is whether each link holds.
  Plan as_it_stands() {
    if (billing_.unlinked.empty()) return Nothing{"QuickBooks has it already as it is"};
    const auto standing = standing_of(*written_);
    if (!standing) return read_bill();
    const auto order = references_.written(order_subject_);
    const auto ids = order ? line_ids_of(order->line_ids_json) : LineIds();
    for (const std::string& line : billing_.unlinked) {
      const auto id = ids.find(line);
      if (id == ids.end() || !links_order_line(*standing, order->entity_id, id->second))
        obstacles_.add(ObstacleKind::link_dropped, standing->text_of("DocNumber"), "line " + line,
                       "", "purchase order " + receipt_.order.number);
    }
    if (!obstacles_.none()) return Blocked{obstacles_.take()};
    return Nothing{"its lines are linked in QuickBooks now"};
  }

  // Another bill of the order let go of what came in here beyond what was open then. A fee that
  // has no bill waits for the next one, but if its bill was taken away.
  bool can_take_more(const Quantities& on_bill) const {
    if (!billing_.unlinked.empty()) return false; // a person's to mend
    Obstacles unheard;
    const auto could = received_order(receipt_.order, on_bill, elsewhere_, unheard).lines;
    return std::any_of(could.begin(), could.end(), [&](const auto& entry) {
      const auto& [line, part] = entry;
      const auto stands = billing_.lines.find(line);
      if (!part.quantity) return derived_ && stands == billing_.lines.end();
      return stands == billing_.lines.end() ||
             (stands->second.quantity && *part.quantity > *stands->second.quantity);
    });
  }

  // The books are right already; a bill that is paid or closed, or of a closed order, stays as it
  // is without a word.
  Plan taking_more(const Quantities& on_bill) {
    const auto order = references_.written(order_subject_);
    if (!order || order->entity_id.empty()) return as_it_stands();
    const auto standing = standing_of(*order);
    if (!standing) return ReadFirst{Entity::purchase_order, order->entity_id, order_subject_, ""};
    if (standing->text_of("POStatus") == "Closed") return as_it_stands();
    Plan more = bill(on_bill);
    const auto* blocked = std::get_if<Blocked>(&more);
    const bool is_final =
        blocked && std::any_of(blocked->obstacles.begin(), blocked->obstacles.end(),
                               [](const Obstacle& obstacle) {
                                 return obstacle.kind == ObstacleKind::bill_paid ||
                                        obstacle.kind == ObstacleKind::bill_in_closed_period;
                               });
    return is_final ? as_it_stands() : more;
  }

  // --- what may not be done to it
  void check_may_change(const Value& standing) {
    const std::string number = standing.text_of("DocNumber");
    const auto closed = references_.books_closed_until();
    const auto day = erp::parse_date(standing.text_of("TxnDate"));
    if (has_payments(standing))
      obstacles_.add(ObstacleKind::bill_paid, number, "");
    else if (closed && day && !is_after(*day, *closed))
      obstacles_.add(ObstacleKind::bill_in_closed_period, number, "", "", erp::to_string(*closed));
  }

  // By its correction nothing came in.
  Plan removal() {
    if (!bill_is_written()) return Nothing{"nothing was received"};
    const auto standing = standing_of(*written_);
    if (!standing || !written_->just_read) return read_bill();
    check_may_change(*standing);
    if (has_lines_of_others(*standing, written_->line_ids_json))
      obstacles_.add(ObstacleKind::bill_has_other_lines, standing->text_of("DocNumber"), "");
    if (!obstacles_.none()) return Blocked{obstacles_.take()};
    Send send = begun();
    send.remove = true;
    send.entity_id = written_->entity_id;
    send.body =
        Value::object().set("Id", written_->entity_id).set("SyncToken", written_->sync_token);
    return send;
  }

  Send begun() const {
    Send send;
    send.entity = Entity::bill;
    send.subject = bill_subject_;
    send.order_subject = order_subject_;
    return send;
  }

  // --- the bill
  Plan bill(const Quantities& on_bill) {
    const auto order = references_.written(order_subject_);
    const bool order_is_written = order && !order->entity_id.empty();
    if (!order_is_written) {
      if (receipt_.order.status != erp::PurchaseOrderStatus::cancelled) return order_first(event_);
      obstacles_.add(ObstacleKind::order_closed, "it was cancelled before it was sent", "");
      return Blocked{obstacles_.take()};
    }
    ReceivedOrder received = received_order(receipt_.order, on_bill, elsewhere_, obstacles_);
    const OrderHeader header = header_of();
    const OrderLines lines = order_lines(received.order, references_, settings_, obstacles_);
    const First first = first_of(event_, header, lines.parts_without_item);

    Send send = begun();
    send.line_ids = lines.host_ids;
    if (lines.host_total) send.host_total = lines.host_total->trimmed().to_string();
    send.document_total = lines.document_total.trimmed().to_string();
    if (const auto before = link_lines(*order, lines, received)) return *before;
    Billing billing;
    billing.receipts = billing_.receipts;
    billing.receipts[subject_] = received_;
    billing.lines = std::move(received.lines);
    send.billing_json = to_json(billing);
    send.content = send.billing_json;
    if (bill_is_written()) return change(std::move(send), first);
    return create(std::move(send), header, first);
  }

  // Vendor, payables account, currency. Texts and addresses of the order stand on no bill.
  OrderHeader header_of() {
    erp::PurchaseOrder order = receipt_.order;
    order.memo.reset();
    order.ship_to.reset();
    order.supplier.address.reset();
    OrderHeader header = order_header(order, references_, settings_, obstacles_);
    check_currency(order, references_, obstacles_);
    if (reckons_tax(references_, settings_))
      header.body.set("GlobalTaxCalculation", "TaxExcluded");
    else if (references_.taxes_purchases())
      header.body.set("GlobalTaxCalculation", "NotApplicable");
    if (bill_subject_ == subject_) header.body.set("DocNumber", receipt_number());
    return header;
  }

  std::string receipt_number() {
    const std::string number(trimmed(receipt_.number));
    check_doc_number(number, number.empty(), obstacles_);
    return number;
  }

  // Each line gets its link to the order's line in QuickBooks. An answer: that must come first.
  std::optional<Plan> link_lines(const Written& order, const OrderLines& lines,
                                 const ReceivedOrder& received) {
    LineIds ids = line_ids_of(order.line_ids_json);
    const auto standing = standing_of(order);
    if (ids.empty()) { // as an update of the order would take them: all ours, in order
      if (!standing) return ReadFirst{Entity::purchase_order, order.entity_id, order_subject_, ""};
      ids = ids_by_place(*standing);
    }
    lines_ = lines.lines;
    bool any_linked = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& host_id = lines.host_ids[i];
      const auto amount = lines_[i].decimal_of("Amount");
      const bool by_amount = lines_[i].text_of("DetailType") == "AccountBasedExpenseLineDetail";
      if (!received.lines.contains(host_id)) continue;        // more than was ordered
      if (by_amount && amount && amount->is_zero()) continue; // nothing of it is open
      const auto id = ids.find(host_id);
      if (id == ids.end()) {
        if (order.version < receipt_.order.version) return order_first(event_);
        obstacles_.add(ObstacleKind::order_line_missing, "purchase order " + receipt_.order.number,
                       "line " + host_id);
        continue;
      }
      lines_[i].set("LinkedTxn", Value::Array{link_to_order(order.entity_id, id->second)});
      any_linked = true;
    }
    if (any_linked && !bill_is_written() && standing && standing->text_of("POStatus") == "Closed")
      obstacles_.add(ObstacleKind::order_closed, "purchase order " + receipt_.order.number, "");
    return std::nullopt;
  }

  LineIds ids_by_place(const Value& standing) const {
    LineIds ids;
    const auto& lines = lines_of(standing);
    std::size_t place = 0;
    const auto take = [&](const std::string& host_id) {
      if (place < lines.size()) ids.emplace(host_id, lines[place].text_of("Id"));
      ++place;
    };
    for (const erp::PurchaseOrderLine& line : receipt_.order.lines)
      take(line.id);
    for (const erp::Fee& fee : receipt_.order.fees)
      take("fee:" + fee.id);
    return ids;
  }

  Plan create(Send send, const OrderHeader& header, const First& first) {
    const std::string number = header.body.text_of("DocNumber");
    const std::string found = found_by_number(number, header.vendor_id, send.allows_double_number);
    const std::string day = bill_day(send.note);
    if (!obstacles_.none()) return Blocked{obstacles_.take()};
    if (!first.events.empty()) return first;
    if (!found.empty()) return ReadFirst{Entity::bill, found, bill_subject_, order_subject_};
    send.doc_number = number;
    send.body = Value::object();
    for (const char* member : {"VendorRef", "APAccountRef", "CurrencyRef", "ExchangeRate",
                               "GlobalTaxCalculation", "DocNumber"})
      if (const Value* value = header.body.find(member)) send.body.set(member, *value);
    send.body.set("TxnDate", day);
    send.body.set("PrivateNote", private_note(note_for(send.note), bill_subject_, ""));
    send.body.set("Line", std::move(lines_));
    return send;
  }

  std::string note_for(const std::string& day_note) const {
    const std::string reference = clean_text(receipt_.order.reference.value_or(""));
    if (day_note.empty()) return reference;
    const std::string received = receipt_.received_on ? erp::to_string(*receipt_.received_on) : "";
    return (reference.empty() ? "" : reference + "\n") + "Received " +
           (received.empty() ? "" : "on " + received + ", ") + day_note + ".";
  }

  // A bill that carries our mark was written before and its answer or our memory of it lost.
  // Another one of the same vendor may be this very delivery, entered by hand.
  std::string found_by_number(const std::string& number, const std::string& vendor_id,
                              bool& others_carry_it) {
    for (const qbo::Known& known : references_.numbered(Entity::bill, number)) {
      if (known.vendor_id == vendor_id && carries_marker(known.private_note, bill_subject_))
        return known.id;
      others_carry_it = true;
      const bool ours = known.private_note.find("[erp:") != std::string::npos;
      if (!ours && (known.vendor_id == vendor_id || vendor_id.empty()))
        obstacles_.add(ObstacleKind::bill_number_taken, number, "", "number");
    }
    return {};
  }

  // When the goods came in, not before the order, and in an open period.
  std::string bill_day(std::string& note) {
    const std::string occurred = erp::to_rfc3339(event_.occurred_at).substr(0, 10);
    erp::Date day = receipt_.received_on ? *receipt_.received_on
                                         : erp::parse_date(occurred).value_or(erp::Date());
    if (receipt_.order.ordered_on && is_after(*receipt_.order.ordered_on, day))
      day = *receipt_.order.ordered_on;
    const auto closed = references_.books_closed_until();
    if (!closed || is_after(day, *closed)) return erp::to_string(day);
    const std::string until = erp::to_string(*closed);
    if (settings_.closed_period == settings::ClosedPeriod::next_open_day ||
        references_.next_open_day_chosen(subject_)) {
      const std::string next = erp::to_string(day_after(*closed));
      note = "dated " + next + " because the books are closed until " + until;
      return next;
    }
    if (settings_.closed_period == settings::ClosedPeriod::ask)
      obstacles_.add(ObstacleKind::period_closed_choose, erp::to_string(day), "", "", until);
    else
      obstacles_.add(ObstacleKind::period_closed, until, "");
    return erp::to_string(day);
  }

  // Number, days and terms are the bookkeeper's once the bill stands: they write the supplier's
  // invoice into it.
  Plan change(Send send, const First& first) {
    if (!obstacles_.none()) return Blocked{obstacles_.take()};
    if (!first.events.empty()) return first;
    const auto standing = standing_of(*written_);
    // It may have been paid since, and a payment is not sure to show in the SyncToken.
    if (!standing || !written_->just_read) return read_bill();
    check_may_change(*standing);
    if (!obstacles_.none()) return Blocked{obstacles_.take()};
    send.entity_id = written_->entity_id;
    send.doc_number = standing->text_of("DocNumber");
    send.body = bill_as_it_stands(*written_, *standing);
    send.body.set("Line",
                  bill_lines_over(lines_, send.line_ids, *standing, written_->line_ids_json));
    return send;
  }

  const erp::Event& event_;
  const erp::Receipt& receipt_;
  const bool derived_;
  const References& references_;
  const settings::Settings& settings_;
  const std::string subject_, order_subject_;
  std::string bill_subject_;
  Quantities received_;
  std::optional<Written> written_;
  Billing billing_;
  std::map<std::string, BilledPart> elsewhere_;
  Obstacles obstacles_;
  Value::Array lines_;
};

} // namespace

Plan receipt_to_bill(const erp::Event& event, bool derived, const References& references,
                     const settings::Settings& settings) {
  return ReceiptToBill(event, derived, references, settings).plan();
}

} // namespace qb::mapping
