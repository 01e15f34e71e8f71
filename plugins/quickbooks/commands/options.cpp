#include "commands/groups.hpp"

namespace qb::commands {
namespace {

struct Offer {
  const char* setting;
  qbo::Entity entity;
};
constexpr Offer offers[] = {{"expense_attribute", qbo::Entity::account},
                            {"class_attribute", qbo::Entity::klass},
                            {"tax_attribute", qbo::Entity::tax_code}};

} // namespace

// For whoever keeps the options of the attribute: the host offers plugins no way to set them.
std::string options(Workshop& workshop, Words words) {
  const char* usage = usage_of("options");
  const bool json = words.flag("--json");
  const auto rest = words.rest(usage);
  const directory::Directory& directory = workshop.rooms().directory;
  for (const Offer& offer : offers) {
    if (rest.size() != 1 || rest[0] != offer.setting) continue;
    if (directory.fact("filled").value_or("") != "true")
      throw erp::Failure{ERP_E_NOT_CONNECTED,
                         "QuickBooks has not been read yet. Connect, or run refresh."};
    const auto names = directory.offered(offer.entity);
    qbo::Value out = qbo::Value::array();
    std::string text;
    for (const std::string& name : names) {
      out.push(name);
      text += name + "\n";
    }
    if (json) return qbo::write(out) + "\n";
    return text.empty() ? "QuickBooks has none.\n" : text;
  }
  throw erp::Failure{
      ERP_E_INVALID,
      not_understood(rest, {"expense_attribute", "class_attribute", "tax_attribute"}, usage)};
}

} // namespace qb::commands
