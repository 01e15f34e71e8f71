#include "core/mapping/order_lines.hpp"

#include "core/mapping/plan.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/money/line_price.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace qb::mapping {
namespace {

qbo::Value reference_to(const std::string& id) {
  return qbo::Value::object().set("value", id);
}

// The value of the attribute with exactly this name; "" if it has none or a blank one.
std::string attribute(const erp::PurchaseOrderLine& line, const std::string& name) {
  if (name.empty()) return {};
  const auto found = line.attributes.find(name);
  if (found == line.attributes.end() || !found->second) return {};
  return std::string(trimmed(*found->second));
}

// An account line has no place for part and quantity but its description (field study, trap 3).
std::string described(const erp::PurchaseOrderLine& line) {
  const std::string description = clean_text(line.description.value_or(""));
  if (!line.part) return description;
  std::string text = line.quantity ? line.quantity->trimmed().to_string() + " x " : "";
  if (name_contains_part(description, *line.part)) return text + description;
  text += item_name(*line.part);
  return description.empty() ? text : text + ": " + description;
}

class LineMapper {
 public:
  LineMapper(const erp::PurchaseOrder& order, const References& references,
             const settings::Settings& settings, Obstacles& obstacles)
      : order_(order), references_(references), settings_(settings), obstacles_(obstacles) {
    out_.host_total = erp::Decimal(0);
  }

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
    const std::string class_id = klass(attribute(line, settings_.class_attribute), where);
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
      if (price.error() == money::PriceTrouble::out_of_range)
        refuse_amount(line.total, where, "total");
      else
        obstacles_.add(ObstacleKind::price_does_not_fit, line.total.to_string(), where, "total",
                       line.quantity->trimmed().to_string());
      return;
    }
    qbo::Value detail = qbo::Value::object();
    detail.set("ItemRef", reference_to(item_id));
    detail.set("Qty", line.quantity->trimmed());
    detail.set("UnitPrice", price->unit_price.trimmed());
    if (!class_id.empty()) detail.set("ClassRef", reference_to(class_id));
    push(line.id, "ItemBasedExpenseLineDetail", std::move(detail), line.description.value_or(""),
         price->amount, where);
    add_to_host_total(line.total);
  }

  void add_account_line(const erp::PurchaseOrderLine& line, const std::string& where,
                        const std::string& expense_code, const std::string& class_id) {
    // The expense code beats the default account; a code that does not resolve never falls back to
    // it: the books would be wrong and nobody would know.
    const std::string account_id =
        expense_code.empty()
            ? setting_account("inventory_expense_account", settings_.inventory_expense_account)
            : account(expense_code, where, settings_.expense_attribute);
    push_account_line(line.id, account_id, class_id, described(line), line.total, where, "total");
  }

  void add_fee(const erp::Fee& fee) {
    push_account_line("fee:" + fee.id, setting_account("fees_account", settings_.fees_account), "",
                      fee.name, fee.amount, "fee " + fee.name, "amount");
  }

  void push_account_line(const std::string& host_id, const std::string& account_id,
                         const std::string& class_id, const std::string& description,
                         const erp::Decimal& total, const std::string& where, const char* field) {
    const auto amount = money::document_amount(total, order_.currency);
    if (!amount) {
      refuse_amount(total, where, field);
      return;
    }
    qbo::Value detail = qbo::Value::object();
    detail.set("AccountRef", reference_to(account_id));
    if (!class_id.empty()) detail.set("ClassRef", reference_to(class_id));
    push(host_id, "AccountBasedExpenseLineDetail", std::move(detail), description, *amount, where);
    add_to_host_total(total);
  }

  void push(const std::string& host_id, const char* detail_type, qbo::Value detail,
            const std::string& description, const erp::Decimal& amount, const std::string& where) {
    qbo::Value line = qbo::Value::object();
    const std::string text =
        obstacles_.within(description, limits::line_description, where, "description");
    if (!text.empty()) line.set("Description", text);
    line.set("Amount", amount);
    line.set("DetailType", detail_type);
    line.set(detail_type, std::move(detail));
    out_.lines.push_back(std::move(line));
    out_.host_ids.push_back(unique(host_id));
    const auto sum = out_.document_total.plus(amount);
    if (!sum) throw std::logic_error("more lines than fit a total");
    out_.document_total = *sum;
  }

  void refuse_amount(const erp::Decimal& amount, const std::string& where, const char* field) {
    obstacles_.add(ObstacleKind::amount_too_large, amount.to_string(), where, field,
                   std::to_string(money::amount_whole_digits_max) + " digits before the point");
  }

  void add_to_host_total(const erp::Decimal& total) {
    if (out_.host_total) out_.host_total = out_.host_total->plus(total);
  }

  // A host that uses a line id twice must not make two of our lines one in QuickBooks.
  std::string unique(const std::string& host_id) {
    std::string id = host_id;
    for (int again = 2; !host_ids_.insert(id).second; ++again)
      id = host_id + "#" + std::to_string(again);
    return id;
  }

  // Each name is looked up once a document, and its obstacle names the first line that has it.
  std::string account(const std::string& name, const std::string& where, const std::string& field) {
    const auto [found, is_new] = accounts_.try_emplace(name);
    if (is_new) found->second = obstacles_.account(references_.account(name), name, where, field);
    return found->second;
  }

  std::string klass(const std::string& name, const std::string& where) {
    if (name.empty()) return {};
    const auto [found, is_new] = classes_.try_emplace(name);
    if (is_new)
      found->second =
          obstacles_.klass(references_.klass(name), name, where, settings_.class_attribute);
    return found->second;
  }

  std::string item(const erp::Part& part, const std::string& where) {
    const auto [found, is_new] = items_.try_emplace({part.id, item_name(part)});
    if (is_new) found->second = looked_up_item(part, where);
    return found->second;
  }

  std::string looked_up_item(const erp::Part& part, const std::string& where) {
    const Match match = references_.item(part);
    const std::string name = item_name(part);
    switch (match.result) {
    case Match::Result::found:
      return match.known.id;
    case Match::Result::missing:
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

  std::string setting_account(const char* setting, const std::string& name) {
    const std::string where = std::string("setting ") + setting;
    if (!name.empty()) return account(name, where, setting);
    obstacles_.add(ObstacleKind::setting_missing, setting, where);
    return {};
  }

  const erp::PurchaseOrder& order_;
  const References& references_;
  const settings::Settings& settings_;
  Obstacles& obstacles_;
  std::map<std::string, std::string> accounts_, classes_;            // name -> Id
  std::map<std::pair<std::string, std::string>, std::string> items_; // part and name -> Id
  std::set<std::string> host_ids_;
  OrderLines out_;
};

} // namespace

OrderLines order_lines(const erp::PurchaseOrder& order, const References& references,
                       const settings::Settings& settings, Obstacles& obstacles) {
  return LineMapper(order, references, settings, obstacles).map();
}

} // namespace qb::mapping
