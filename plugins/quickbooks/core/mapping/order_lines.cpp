#include "core/mapping/order_lines.hpp"

#include "core/mapping/plan.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/money/line_price.hpp"

#include <algorithm>

namespace qb::mapping {
namespace {

qbo::Value reference_to(const std::string& id) {
  return qbo::Value::object().set("value", id);
}

// The value of the attribute with exactly this name; "" if it has none.
std::string attribute(const erp::PurchaseOrderLine& line, const std::string& name) {
  if (name.empty()) return {};
  const auto found = line.attributes.find(name);
  return found == line.attributes.end() ? std::string() : found->second.value_or("");
}

class LineMapper {
 public:
  LineMapper(const erp::PurchaseOrder& order, const References& references,
             const settings::Settings& settings, Obstacles& obstacles)
      : order_(order), references_(references), settings_(settings), obstacles_(obstacles) {}

  OrderLines map() {
    int position = 0;
    for (const erp::PurchaseOrderLine& line : order_.lines)
      add_line(line, "line " + std::to_string(++position));
    for (const erp::Fee& fee : order_.fees)
      add_fee(fee);
    return std::move(out_);
  }

 private:
  void add_line(const erp::PurchaseOrderLine& line, const std::string& where) {
    const std::string expense_code = attribute(line, settings_.expense_attribute);
    const std::string class_name = attribute(line, settings_.class_attribute);
    std::string class_id;
    if (!class_name.empty())
      class_id = obstacles_.klass(references_.klass(class_name), class_name, where,
                                  settings_.class_attribute);
    // Inventoried: a part, a quantity and no expense code (field study F106). Anything else is
    // categorised.
    if (line.part && line.quantity && expense_code.empty())
      add_item_line(line, where, class_id);
    else
      add_account_line(line, where, expense_code, class_id);
  }

  void add_item_line(const erp::PurchaseOrderLine& line, const std::string& where,
                     const std::string& class_id) {
    const std::string item_id = item(*line.part, where);
    const auto price =
        money::line_price(*line.quantity, line.unit_cost, line.total, order_.currency);
    if (!price) {
      obstacles_.add(ObstacleKind::price_does_not_fit, line.total.to_string(), where, "total");
      return;
    }
    qbo::Value detail = qbo::Value::object();
    detail.set("ItemRef", reference_to(item_id));
    detail.set("Qty", line.quantity->trimmed());
    detail.set("UnitPrice", price->unit_price.trimmed());
    if (!class_id.empty()) detail.set("ClassRef", reference_to(class_id));
    push(line.id, "ItemBasedExpenseLineDetail", std::move(detail), line.description.value_or(""),
         line.total, price->amount, where);
  }

  void add_account_line(const erp::PurchaseOrderLine& line, const std::string& where,
                        const std::string& expense_code, const std::string& class_id) {
    // The expense code beats the default account; a code that does not resolve never falls back to
    // it (decision 12).
    const std::string account_id =
        expense_code.empty()
            ? setting_account("inventory_expense_account", settings_.inventory_expense_account)
            : obstacles_.account(references_.account(expense_code), expense_code, where,
                                 settings_.expense_attribute);
    std::string description = line.description.value_or("");
    if (line.part && description.find(line.part->number) == std::string::npos)
      description = item_name(*line.part) + (description.empty() ? "" : ": " + description);
    push_account_line(line.id, account_id, class_id, description, line.total, where);
  }

  void add_fee(const erp::Fee& fee) {
    push_account_line("fee:" + fee.id, setting_account("fees_account", settings_.fees_account), "",
                      fee.name, fee.amount, "fee " + fee.name);
  }

  void push_account_line(const std::string& host_id, const std::string& account_id,
                         const std::string& class_id, const std::string& description,
                         const erp::Decimal& total, const std::string& where) {
    const auto amount = money::document_amount(total, order_.currency);
    if (!amount) {
      obstacles_.add(ObstacleKind::price_does_not_fit, total.to_string(), where, "total");
      return;
    }
    qbo::Value detail = qbo::Value::object();
    detail.set("AccountRef", reference_to(account_id));
    if (!class_id.empty()) detail.set("ClassRef", reference_to(class_id));
    push(host_id, "AccountBasedExpenseLineDetail", std::move(detail), description, total, *amount,
         where);
  }

  void push(const std::string& host_id, const char* detail_type, qbo::Value detail,
            const std::string& description, const erp::Decimal& total, const erp::Decimal& amount,
            const std::string& where) {
    qbo::Value line = qbo::Value::object();
    if (!description.empty())
      line.set("Description",
               obstacles_.within(description, limits::line_description, where, "description"));
    line.set("Amount", amount);
    line.set("DetailType", detail_type);
    line.set(detail_type, std::move(detail));
    out_.lines.push_back(std::move(line));
    out_.host_ids.push_back(host_id);
    add_to(out_.host_total, total, where);
    add_to(out_.document_total, amount, where);
  }

  void add_to(erp::Decimal& sum, const erp::Decimal& amount, const std::string& where) {
    if (const auto next = sum.plus(amount))
      sum = *next;
    else
      obstacles_.add(ObstacleKind::price_does_not_fit, amount.to_string(), where, "total");
  }

  std::string item(const erp::Part& part, const std::string& where) {
    const Match match = references_.item(part);
    const std::string name = item_name(part);
    switch (match.result) {
    case Match::Result::found:
      return match.known.id;
    case Match::Result::missing:
      if (std::none_of(out_.parts_without_item.begin(), out_.parts_without_item.end(),
                       [&](const erp::Part& p) { return item_name(p) == name; }))
        out_.parts_without_item.push_back(part);
      return {};
    case Match::Result::inactive:
      obstacles_.add(ObstacleKind::item_inactive, name, where, "part", {}, {match.known.name});
      return {};
    case Match::Result::ambiguous:
      obstacles_.add(ObstacleKind::item_ambiguous, name, where, "part", {}, match.candidates);
      return {};
    }
    return {};
  }

  std::string setting_account(const char* setting, const std::string& account) {
    const std::string where = std::string("setting ") + setting;
    if (account.empty()) {
      obstacles_.add(ObstacleKind::setting_missing, setting, where);
      return {};
    }
    return obstacles_.account(references_.account(account), account, where, setting);
  }

  const erp::PurchaseOrder& order_;
  const References& references_;
  const settings::Settings& settings_;
  Obstacles& obstacles_;
  OrderLines out_;
};

} // namespace

OrderLines order_lines(const erp::PurchaseOrder& order, const References& references,
                       const settings::Settings& settings, Obstacles& obstacles) {
  return LineMapper(order, references, settings, obstacles).map();
}

} // namespace qb::mapping
