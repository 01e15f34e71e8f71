#include "core/mapping/received_order.hpp"

#include "core/money/currency.hpp"
#include "core/money/line_price.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

namespace qb::mapping {
namespace {

using erp::Decimal;

constexpr auto half_away = erp::Rounding::half_away_from_zero;

class Receiving {
 public:
  Receiving(const erp::PurchaseOrder& order, const Quantities& on_bill,
            const std::map<std::string, BilledPart>& elsewhere)
      : order_(order), on_bill_(on_bill), elsewhere_(elsewhere) {
    out_.order = order;
    out_.order.lines.clear();
    out_.order.fees.clear();
  }

  ReceivedOrder receive() {
    for (const erp::PurchaseOrderLine& line : order_.lines) {
      const auto received = on_bill_.find(line.id);
      if (received == on_bill_.end() || !seen_.insert(line.id).second) continue;
      if (line.quantity && *line.quantity > Decimal(0))
        add_part(line, *line.quantity, received->second);
      else
        add_whole(line);
    }
    std::move(over_.begin(), over_.end(), std::back_inserter(out_.order.lines));
    for (const erp::Fee& fee : order_.fees)
      add_fee(fee);
    return std::move(out_);
  }

 private:
  Decimal billed_elsewhere(const std::string& id) const {
    const auto found = elsewhere_.find(id);
    return found == elsewhere_.end() ? Decimal(0) : found->second.amount;
  }

  // What is left of an amount for this bill.
  std::optional<Decimal> rest_of(const Decimal& total, const std::string& id) const {
    const auto amount = money::document_amount(total, order_.currency);
    return amount ? amount->minus(billed_elsewhere(id)) : std::nullopt;
  }

  Decimal at_price(const Decimal& price, const Decimal& quantity) const {
    const int places =
        std::min(money::minor_unit_places(order_.currency).value_or(0), money::amount_places_max);
    return quantity.times_rounded(price, places, half_away).value_or(Decimal(0));
  }

  // As it stands on the order in QuickBooks; of a line there that has no unit price, its share.
  Decimal unit_price(const erp::PurchaseOrderLine& line, const Decimal& ordered) const {
    const auto price = money::line_price(ordered, line.unit_cost, line.total, order_.currency);
    if (price) return price->unit_price;
    return line.total.divided_by(ordered, money::unit_price_places_max, half_away)
        .value_or(Decimal(0));
  }

  void add_part(const erp::PurchaseOrderLine& line, const Decimal& ordered,
                const Decimal& received) {
    const auto billed = elsewhere_.find(line.id);
    const bool is_first = billed == elsewhere_.end() || !billed->second.quantity;
    const Decimal before = is_first ? Decimal(0) : *billed->second.quantity;
    const Decimal left = ordered.minus(before).value_or(Decimal(0));
    const Decimal open = std::max(left, Decimal(0), std::less<>());
    const Decimal linked = std::min(received, open, std::less<>());
    const Decimal price = unit_price(line, ordered);
    if (linked > Decimal(0)) {
      erp::PurchaseOrderLine part = line;
      part.quantity = linked;
      if (linked != ordered) part.unit_cost = price;
      if (linked == open && !is_first) // the last part takes what the others left of the amount
        part.total = rest_of(line.total, line.id).value_or(line.total);
      else if (linked != ordered)
        part.total = at_price(price, linked);
      push(std::move(part), linked);
    }
    const Decimal over = received.minus(linked).value_or(Decimal(0));
    if (over > Decimal(0)) {
      erp::PurchaseOrderLine part = line;
      part.id = "over:" + line.id;
      part.quantity = over;
      part.unit_cost = price;
      part.total = at_price(price, over);
      over_.push_back(std::move(part));
    }
  }

  // A line without quantity comes in whole, once.
  void add_whole(const erp::PurchaseOrderLine& line) {
    if (elsewhere_.contains(line.id)) return;
    push(line, std::nullopt);
  }

  void push(erp::PurchaseOrderLine part, const std::optional<Decimal>& quantity) {
    const Decimal amount = money::document_amount(part.total, order_.currency).value_or(Decimal(0));
    out_.lines[part.id] = {quantity, amount};
    out_.order.lines.push_back(std::move(part));
  }

  // The first bill takes the fees; a fee that came later or grew, the next one.
  void add_fee(const erp::Fee& fee) {
    std::string id = "fee:" + fee.id;
    for (int again = 2; !seen_.insert(id).second; ++again)
      id = "fee:" + fee.id + "#" + std::to_string(again);
    const auto rest = rest_of(fee.amount, id);
    const bool turned = rest && rest->is_negative() != fee.amount.is_negative();
    if (rest && (rest->is_zero() || turned)) return;
    erp::Fee open = fee;
    open.id = id.substr(4);
    if (rest && elsewhere_.contains(id)) open.amount = *rest;
    out_.lines[id] = {std::nullopt, rest.value_or(fee.amount)};
    out_.order.fees.push_back(std::move(open));
  }

  const erp::PurchaseOrder& order_;
  const Quantities& on_bill_;
  const std::map<std::string, BilledPart>& elsewhere_;
  std::set<std::string> seen_;
  std::vector<erp::PurchaseOrderLine> over_;
  ReceivedOrder out_;
};

} // namespace

ReceivedOrder received_order(const erp::PurchaseOrder& order, const Quantities& on_bill,
                             const std::map<std::string, BilledPart>& elsewhere,
                             Obstacles& obstacles) {
  for (const auto& [id, quantity] : on_bill) {
    const bool ordered = std::any_of(order.lines.begin(), order.lines.end(),
                                     [&id = id](const auto& line) { return line.id == id; });
    if (!ordered)
      obstacles.add(ObstacleKind::line_not_ordered, id, "line " + id, "po_line_id",
                    "purchase order " + order.number);
    else if (quantity.is_negative())
      obstacles.add(ObstacleKind::received_quantity_refused, quantity.to_string(), "line " + id,
                    "quantity");
  }
  return Receiving(order, on_bill, elsewhere).receive();
}

} // namespace qb::mapping
