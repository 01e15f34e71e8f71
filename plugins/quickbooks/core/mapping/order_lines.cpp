#include "core/mapping/order_lines.hpp"

#include "core/mapping/plan.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"
#include "core/money/line_price.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace qb::mapping {
namespace {

using qbo::reference_to;

// An account line has no place for part and quantity but its description (field study, trap 3).
std::string described(const erp::PurchaseOrderLine& line) {
  const std::string description = clean_text(line.description.value_or(""));
  if (!line.part) return description;
  std::string text = line.quantity ? line.quantity->trimmed().to_string() + " x " : "";
  if (name_contains_part(description, *line.part)) return text + description;
  text += item_name(*line.part);
  return description.empty() ? text : text + ": " + description;
}

struct OnLine {
  std::string class_id, tax_code_id; // "" : none
};

class LineMapper {
 public:
  LineMapper(const erp::PurchaseOrder& order, const References& references,
             const settings::Settings& settings, Obstacles& obstacles)
      : order_(order), references_(references), settings_(settings), obstacles_(obstacles),
        reckons_tax_(reckons_tax(references, settings)) {
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
    const std::string expense_code = attribute_of(line, settings_.expense_attribute);
    const OnLine on_line{klass(attribute_of(line, settings_.class_attribute), where),
                         tax_code(attribute_of(line, settings_.tax_attribute), where)};
    // Inventoried: a part, a quantity and no expense code (field study F106). Anything else is
    // categorised.
    if (line.part && line.quantity && expense_code.empty())
      add_item_line(line, where, on_line);
    else
      add_account_line(line, where, expense_code, on_line);
  }

  void add_item_line(const erp::PurchaseOrderLine& line, const std::string& where,
                     const OnLine& on_line) {
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
    add_references(detail, on_line);
    push(line.id, "ItemBasedExpenseLineDetail", std::move(detail), line.description.value_or(""),
         price->amount, where);
    add_to_host_total(line.total);
  }

  void add_account_line(const erp::PurchaseOrderLine& line, const std::string& where,
                        const std::string& expense_code, const OnLine& on_line) {
    // The expense code beats the default account; a code that does not resolve never falls back to
    // it: the books would be wrong and nobody would know.
    const std::string account_id =
        expense_code.empty()
            ? setting_account("inventory_expense_account", settings_.inventory_expense_account)
            : account(expense_code, where, settings_.expense_attribute);
    push_account_line(line.id, account_id, on_line, described(line), line.total, where, "total");
  }

  void add_fee(const erp::Fee& fee) {
    const bool tax = is_tax(fee, settings_);
    if (tax && reckons_tax_) {
      add_host_tax(fee);
      return;
    }
    const std::string account =
        tax && !settings_.purchase_tax_account.empty()
            ? setting_account("purchase_tax_account", settings_.purchase_tax_account)
            : setting_account("fees_account", settings_.fees_account);
    push_account_line("fee:" + fee.id, account, {"", tax ? "" : tax_code("", "fee " + fee.name)},
                      fee.name, fee.amount, "fee " + fee.name, "amount");
  }

  // QuickBooks reckons it from the lines' tax codes; beside that it would be there twice.
  void add_host_tax(const erp::Fee& fee) {
    const auto amount = money::document_amount(fee.amount, order_.currency);
    if (!amount) {
      refuse_amount(fee.amount, "fee " + fee.name, "amount");
      return;
    }
    add_to_host_total(fee.amount);
    add_to_document_total(*amount);
    out_.host_tax = out_.host_tax ? out_.host_tax->plus(*amount) : *amount;
  }

  void push_account_line(const std::string& host_id, const std::string& account_id,
                         const OnLine& on_line, const std::string& description,
                         const erp::Decimal& total, const std::string& where, const char* field) {
    const auto amount = money::document_amount(total, order_.currency);
    if (!amount) {
      refuse_amount(total, where, field);
      return;
    }
    qbo::Value detail = qbo::Value::object();
    detail.set("AccountRef", reference_to(account_id));
    add_references(detail, on_line);
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
    add_to_document_total(amount);
  }

  static void add_references(qbo::Value& detail, const OnLine& on_line) {
    if (!on_line.class_id.empty()) detail.set("ClassRef", reference_to(on_line.class_id));
    if (!on_line.tax_code_id.empty()) detail.set("TaxCodeRef", reference_to(on_line.tax_code_id));
  }

  void add_to_document_total(const erp::Decimal& amount) {
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

  // The class of a line; "" also where the company keeps none on lines.
  std::string klass(const std::string& name, const std::string& where) {
    if (name.empty()) return {};
    const ClassTracking tracking = references_.class_tracking();
    if (tracking == ClassTracking::off) {
      obstacles_.add(ObstacleKind::class_tracking_off, settings_.class_attribute, where,
                     settings_.class_attribute);
      return {};
    }
    const auto [found, is_new] = classes_.try_emplace(name);
    if (is_new)
      found->second =
          obstacles_.klass(references_.klass(name), name, where, settings_.class_attribute);
    if (tracking == ClassTracking::per_line) return found->second;
    whole_order_has(name, found->second, where);
    return {};
  }

  // Lines that name no class follow those that do.
  void whole_order_has(const std::string& name, const std::string& id, const std::string& where) {
    if (first_class_.empty()) first_class_ = name;
    if (out_.transaction_class.empty()) out_.transaction_class = id;
    if (!id.empty() && id != out_.transaction_class)
      obstacles_.add(ObstacleKind::classes_differ, name, where, settings_.class_attribute, {},
                     {first_class_});
  }

  std::string tax_code(const std::string& of_line, const std::string& where) {
    if (!of_line.empty()) return looked_up_tax_code(of_line, where, settings_.tax_attribute);
    if (!settings_.tax_code.empty())
      return looked_up_tax_code(settings_.tax_code, "setting tax_code", "tax_code");
    if (reckons_tax_) // QuickBooks then wants a code on every line
      obstacles_.add(ObstacleKind::setting_missing, "tax_code", where);
    return {};
  }

  std::string looked_up_tax_code(const std::string& name, const std::string& where,
                                 const std::string& field) {
    const auto [found, is_new] = tax_codes_.try_emplace(name);
    if (is_new) found->second = obstacles_.tax_code(references_.tax_code(name), name, where, field);
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
  const bool reckons_tax_;
  std::string first_class_;
  std::map<std::string, std::string> accounts_, classes_, tax_codes_; // name -> Id
  std::map<std::pair<std::string, std::string>, std::string> items_;  // part and name -> Id
  std::set<std::string> host_ids_;
  OrderLines out_;
};

} // namespace

std::string attribute_of(const erp::PurchaseOrderLine& line, const std::string& name) {
  if (name.empty()) return {};
  const auto found = line.attributes.find(name);
  if (found == line.attributes.end() || !found->second) return {};
  return std::string(trimmed(*found->second));
}

bool reckons_tax(const References& references, const settings::Settings& settings) {
  return references.taxes_purchases() &&
         (!settings.tax_code.empty() || !settings.tax_attribute.empty());
}

bool is_tax(const erp::Fee& fee, const settings::Settings& settings) {
  const std::string name = normalised(fee.name);
  return std::any_of(settings.tax_fee_names.begin(), settings.tax_fee_names.end(),
                     [&](const std::string& tax) { return normalised(tax) == name; });
}

OrderLines order_lines(const erp::PurchaseOrder& order, const References& references,
                       const settings::Settings& settings, Obstacles& obstacles) {
  return LineMapper(order, references, settings, obstacles).map();
}

} // namespace qb::mapping
