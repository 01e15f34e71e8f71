#include "currencies.hpp"
#include "references.hpp"
#include "writing.hpp"

namespace emulator::books {
namespace {

constexpr std::size_t tax_digits_shown = 4;

std::string display_name(const Company& company, Entity target, std::string_view id) {
  const auto* record = company.find(target, id);
  if (!record || target == Entity::term) return {};
  if (target == Entity::vendor || target == Entity::customer)
    return record->body.text_of("DisplayName");
  return fully_qualified_name(company, target, record->body);
}

/// References are answered with the present name of what they lead to.
void add_names(const Company& company, const Shape& shape, Value& object) {
  for_each_reference(shape, object,
                     [&](const Property& property, Value& reference, const std::string&) {
                       const auto id = reference.text_of("value");
                       std::string name;
                       if (property.kind == Kind::reference)
                         name = display_name(company, property.target, id);
                       else if (property.name == "CurrencyRef")
                         name = currency_name(id);
                       else if (property.name == "ShipMethodRef")
                         name = id;
                       if (!name.empty()) reference.set("name", name);
                     });
}

/// Masked as QuickBooks does: only the last digits are shown.
void mask(Value& object, std::string_view member) {
  const auto secret = object.text_of(member);
  if (secret.empty()) return;
  const auto shown = secret.size() > tax_digits_shown ? tax_digits_shown : 0;
  object.set(member,
             std::string(secret.size() - shown, 'X') + secret.substr(secret.size() - shown));
}

/// Purchase orders show every custom field that is switched on, with its label, filled in or not.
Value custom_fields(const Company& company, const Record& order) {
  Value fields = Value::list();
  const auto* prefs = company.preferences().find("VendorAndPurchasesPrefs");
  if (!prefs) return fields;
  const auto setting = [&](const std::string& name) -> const Value* {
    for (const auto& group : prefs->list_of("POCustomField"))
      for (const auto& field : group.list_of("CustomField"))
        if (field.text_of("Name") == name) return &field;
    return nullptr;
  };
  for (const auto* id : {"1", "2", "3"}) {
    const auto* used = setting(std::string{"PurchasePrefs.UsePurchaseCustom"} + id);
    if (!used || !used->flag_of("BooleanValue")) continue;
    Value field = Value::object();
    field.set("DefinitionId", id);
    if (const auto* label = setting(std::string{"PurchasePrefs.PurchaseCustomName"} + id))
      field.set("Name", label->text_of("StringValue"));
    field.set("Type", "StringType");
    for (const auto& stored : order.body.list_of("CustomField"))
      if (stored.text_of("DefinitionId") == id && stored.find("StringValue"))
        field.set("StringValue", stored.text_of("StringValue"));
    fields.append(std::move(field));
  }
  return fields;
}

void add_system_members(const Record& record, Value& object) {
  object.set("domain", "QBO");
  object.set("sparse", false);
  object.set("Id", std::to_string(record.id));
  object.set("SyncToken", std::to_string(record.sync_token));
  Value meta = Value::object();
  meta.set("CreateTime", pacific_seconds(record.created));
  meta.set("LastUpdatedTime", pacific_seconds(record.updated));
  object.set("MetaData", std::move(meta));
}

bool has_qualified_name(const EntityInfo& info) {
  return info.shape->find("FullyQualifiedName") != nullptr;
}

/// Members of a stored value in the order of their table.
Value ordered(const Shape& shape, const Value& stored) {
  Value result = Value::object();
  for (const auto& property : shape.properties) {
    const auto* value = stored.find(property.name);
    if (!value) continue;
    if (property.kind == Kind::object) {
      result.set(property.name, ordered(*property.shape, *value));
    } else if (property.kind == Kind::list) {
      Value items = Value::list();
      for (const auto& item : *value->as_list())
        items.append(ordered(*property.shape, item));
      result.set(property.name, std::move(items));
    } else {
      result.set(property.name, *value);
    }
  }
  return result;
}

} // namespace

Value answered(const Company& company, const EntityInfo& info, const Record& record) {
  const bool transaction = info.family == Family::transaction;
  Value object = Value::object();
  if (transaction) add_system_members(record, object);
  Value stored = record.body;
  if (has_qualified_name(info))
    stored.set("FullyQualifiedName", fully_qualified_name(company, info.entity, record.body));
  if (info.entity == Entity::purchase_order) {
    auto fields = custom_fields(company, record);
    if (!fields.as_list()->empty())
      stored.set("CustomField", std::move(fields));
    else
      stored.erase("CustomField");
  }
  Value shown = ordered(*info.shape, stored);
  for (auto& member : *shown.as_object())
    object.set(member.name, std::move(member.value));
  add_names(company, *info.shape, object);
  if (info.entity == Entity::vendor) mask(object, "TaxIdentifier");
  // Recorded items show SubItem only when they have a parent.
  if (info.entity == Entity::item && !object.flag_of("SubItem")) object.erase("SubItem");
  if (!transaction) add_system_members(record, object);
  return object;
}

} // namespace emulator::books
