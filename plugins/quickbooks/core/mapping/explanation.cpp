#include "core/mapping/explanation.hpp"

#include "core/mapping/issue_parts.hpp"
#include "core/mapping/order_lines.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace qb::mapping {
namespace {

struct Named {
  const char* member;
  const char* role;
  Lookup::What what;
};
constexpr std::array<Named, 9> references = {
    {{"VendorRef", "vendor", Lookup::What::vendor},
     {"APAccountRef", "payables account", Lookup::What::account},
     {"ItemRef", "item", Lookup::What::item},
     {"AccountRef", "account", Lookup::What::account},
     {"ClassRef", "class", Lookup::What::klass},
     {"TaxCodeRef", "tax code", Lookup::What::tax_code},
     {"IncomeAccountRef", "income account", Lookup::What::account},
     {"AssetAccountRef", "inventory asset account", Lookup::What::account},
     {"ExpenseAccountRef", "expense account", Lookup::What::account}}};

// Which settings a role goes by, best first.
std::vector<std::string> settings_of(std::string_view role, bool is_fee) {
  if (role == "payables account") return {"ap_account"};
  if (role == "income account") return {"income_account"};
  if (role == "inventory asset account") return {"inventory_asset_account"};
  if (role == "expense account") return {"inventory_expense_account"};
  if (is_fee) return {"fees_account", "purchase_tax_account"};
  return {"inventory_expense_account", "fees_account"};
}

class Explainer {
 public:
  Explainer(const erp::Event& event, const std::vector<Lookup>& lookups,
            const settings::Settings& settings)
      : lookups_(lookups), settings_(settings) {
    if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document)) index(*order);
    if (const auto* cancelled = std::get_if<erp::Cancellation>(&event.document))
      index(cancelled->order);
    if (const auto* receipt = std::get_if<erp::Receipt>(&event.document)) index(receipt->order);
  }

  void explain(const Send& send, Explanation& out) const {
    out.reasons = reasons_in(send.body, "", "");
    const qbo::Value* lines = send.body.find("Line");
    if (!lines || !lines->items()) return;
    for (std::size_t i = 0; i < lines->items()->size(); ++i) {
      const std::string host_id = i < send.line_ids.size() ? send.line_ids[i] : std::string();
      out.lines.push_back(explained(lines->items()->at(i), host_id));
    }
  }

 private:
  struct HostLine {
    std::string where, said, expense_code;
  };

  void index(const erp::PurchaseOrder& order) {
    int position = 0;
    for (const erp::PurchaseOrderLine& line : order.lines) {
      HostLine host;
      host.where = "line " + std::to_string(++position);
      host.said = line.part ? (line.quantity ? line.quantity->trimmed().to_string() + " x " : "") +
                                  item_name(*line.part)
                            : line.description.value_or("no part");
      host.said += ", " + line.total.trimmed().to_string() + " " + order.currency;
      host.expense_code = attribute_of(line, settings_.expense_attribute);
      host_lines_.emplace(line.id, host);
    }
    for (const erp::Fee& fee : order.fees)
      host_lines_.emplace(
          "fee:" + fee.id,
          HostLine{"fee " + fee.name, fee.amount.trimmed().to_string() + " " + order.currency, ""});
  }

  ExplainedLine explained(const qbo::Value& line, const std::string& host_id) const {
    ExplainedLine out;
    out.amount = line.text_of("Amount");
    const auto host = host_lines_.find(host_id);
    if (host == host_lines_.end()) {
      out.where = host_id.empty() ? "added in QuickBooks" : "line " + host_id;
      out.said = line.text_of("Description");
    } else {
      out.where = host->second.where;
      out.said = host->second.said;
    }
    if (const qbo::Value* detail = line.find(line.text_of("DetailType")))
      out.reasons =
          reasons_in(*detail, host_id, host == host_lines_.end() ? "" : host->second.expense_code);
    return out;
  }

  std::vector<Reason> reasons_in(const qbo::Value& object, const std::string& host_id,
                                 const std::string& expense_code) const {
    std::vector<Reason> out;
    for (const auto& [member, role, what] : references) {
      const std::string id = object.text_of(member, "value");
      if (id.empty()) continue;
      Reason reason{role, id, "", "it stands so in QuickBooks"};
      if (const Lookup* asked = lookup(what, id)) {
        reason.name = asked->match.known.full_name.empty() ? asked->match.known.name
                                                           : asked->match.known.full_name;
        reason.because = because(*asked, role, host_id, expense_code);
      }
      out.push_back(std::move(reason));
    }
    return out;
  }

  const Lookup* lookup(Lookup::What what, const std::string& id) const {
    const auto found = std::find_if(lookups_.begin(), lookups_.end(), [&](const Lookup& one) {
      return one.what == what && one.match.result == Match::Result::found &&
             one.match.known.id == id;
    });
    return found == lookups_.end() ? nullptr : &*found;
  }

  std::string because(const Lookup& asked, std::string_view role, const std::string& host_id,
                      const std::string& expense_code) const {
    switch (asked.what) {
    case Lookup::What::vendor:
      return how_named("the supplier", asked);
    case Lookup::What::item:
      return "the line has part and quantity" +
             (settings_.expense_attribute.empty() ? std::string()
                                                  : " and no " + settings_.expense_attribute) +
             "; " + how_named("the item", asked);
    case Lookup::What::klass:
      return (host_id.empty() ? "the lines' " : "the line's ") + settings_.class_attribute +
             " says " + quote(asked.said);
    case Lookup::What::tax_code:
      return asked.said == settings_.tax_code
                 ? "the setting tax_code says " + quote(asked.said)
                 : "the line's " + settings_.tax_attribute + " says " + quote(asked.said);
    case Lookup::What::account:
      break;
    }
    if (!expense_code.empty())
      return "the line's " + settings_.expense_attribute + " says " + quote(expense_code);
    const bool is_fee = host_id.starts_with("fee:");
    const std::string setting = setting_saying(asked.said, role, is_fee);
    return (role == "account" && !is_fee && !settings_.expense_attribute.empty()
                ? "the line has no " + settings_.expense_attribute + "; "
                : std::string()) +
           "the setting " + setting + " says " + quote(asked.said);
  }

  std::string setting_saying(const std::string& said, std::string_view role, bool is_fee) const {
    const auto all = settings_.accounts();
    for (const std::string& wanted : settings_of(role, is_fee))
      for (const auto& [name, value] : all)
        if (value == said && (name == wanted || name.starts_with(wanted + "."))) return name;
    for (const auto& [name, value] : all)
      if (value == said) return name;
    return settings_of(role, is_fee).front();
  }

  static std::string how_named(const std::string& what, const Lookup& asked) {
    const std::string& name = asked.match.known.name;
    if (name == asked.said) return what + " is called so in QuickBooks";
    if (normalised(name) == normalised(asked.said))
      return what + " is called almost so in QuickBooks";
    if (normalised(name).find(normalised(asked.said)) != std::string::npos)
      return what + "'s longer name in QuickBooks holds it";
    return what + " was linked to it before";
  }

  const std::vector<Lookup>& lookups_;
  const settings::Settings& settings_;
  std::map<std::string, HostLine> host_lines_; // by the host's id
};

std::string outcome_of(const Send& send) {
  const std::string what(qbo::json_name(send.entity));
  const std::string name = send.doc_number.empty() ? send.host_name : send.doc_number;
  return (send.entity_id.empty() ? "a new " + what : what + " " + send.entity_id) +
         (name.empty() ? "" : " " + quote(name)) + " in QuickBooks";
}

} // namespace

Explanation explain(const erp::Event& event, const Plan& plan, const std::vector<Lookup>& lookups,
                    const settings::Settings& settings) {
  Explanation out;
  if (const auto* send = std::get_if<Send>(&plan)) {
    out.outcome = outcome_of(*send);
    Explainer(event, lookups, settings).explain(*send, out);
  } else if (const auto* known = std::get_if<Known>(&plan)) {
    out.outcome = "QuickBooks has it: " + quote(known->known.name) + " (Id " + known->known.id +
                  "); nothing of ours is to be changed there";
  } else if (const auto* nothing = std::get_if<Nothing>(&plan)) {
    out.outcome = "nothing is written: " + nothing->reason;
  } else if (const auto* first = std::get_if<First>(&plan)) {
    out.outcome = "it waits for what must be in QuickBooks first";
    for (const erp::Event& needed : first->events)
      out.goes_first.push_back(erp::subject_of(needed));
  } else if (const auto* read = std::get_if<ReadFirst>(&plan)) {
    out.outcome = std::string(qbo::json_name(read->entity)) + " " + read->entity_id +
                  " is read in QuickBooks first";
  } else {
    out.outcome = "it is held up";
    out.obstacles = std::get<Blocked>(plan).obstacles;
  }
  return out;
}

} // namespace qb::mapping
