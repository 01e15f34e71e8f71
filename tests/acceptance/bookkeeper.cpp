#include "acceptance/people.hpp"

#include <algorithm>
#include <stdexcept>

// What a bookkeeper does in QuickBooks.
namespace acceptance {
namespace {

std::string path_of(const std::string& entity) {
  std::string path = entity;
  std::transform(path.begin(), path.end(), path.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return path;
}

Json active() {
  return Json::parse("true");
}

} // namespace

Json in_books(const World& world, const std::string& entity, const std::string& name) {
  std::vector<Json> found;
  for (const Json& object : world.objects(entity))
    for (const char* member : {"FullyQualifiedName", "DisplayName", "DocNumber", "Name"})
      if (object[member].text() == name) {
        found.push_back(object);
        break;
      }
  if (found.size() != 1)
    throw std::runtime_error(std::to_string(found.size()) + " of " + entity + " are called " +
                             name);
  return found.front();
}

Json reference_to(const Json& object) {
  Json reference = Json::object();
  return reference.set("value", object["Id"]);
}

namespace {

Json add(const World& world, const std::string& entity, const Json& body) {
  return world.admin_write(path_of(entity), body)[entity];
}

} // namespace

Json add_account(const World& world, const std::string& name, const Json& parent) {
  Json body = Json::object().set("Name", name);
  body.set("AccountType", parent.has("Id") ? parent["AccountType"].text() : "Expense");
  body.set("AccountSubType",
           parent.has("Id") ? parent["AccountSubType"].text() : "SuppliesMaterials");
  if (parent.has("Id")) body.set("ParentRef", reference_to(parent)).set("SubAccount", active());
  return add(world, "Account", body);
}

Json add_class(const World& world, const std::string& name, const Json& parent) {
  Json body = Json::object().set("Name", name);
  if (parent.has("Id")) body.set("ParentRef", reference_to(parent)).set("SubClass", active());
  return add(world, "Class", body);
}

Json add_vendor(const World& world, const std::string& name, const std::string& currency) {
  Json body = Json::object().set("DisplayName", name);
  if (!currency.empty()) body.set("CurrencyRef", Json::object().set("value", currency));
  return add(world, "Vendor", body);
}

Json add_item(const World& world, const std::string& name) {
  Json body = Json::object().set("Name", name).set("Type", "NonInventory");
  body.set("IncomeAccountRef", reference_to(in_books(world, "Account", "Sales of Product Income")));
  body.set("ExpenseAccountRef", reference_to(in_books(world, "Account", "Supplies")));
  return add(world, "Item", body);
}

Json add_order(const World& world, const std::string& number, const std::string& vendor) {
  Json detail =
      Json::object().set("AccountRef", reference_to(in_books(world, "Account", "Tooling")));
  Json line = Json::object().set("Amount", Json::number("77.7"));
  line.set("DetailType", "AccountBasedExpenseLineDetail")
      .set("AccountBasedExpenseLineDetail", detail);
  Json lines = Json::array();
  lines.push(line);
  Json body = Json::object().set("DocNumber", number);
  body.set("VendorRef", reference_to(in_books(world, "Vendor", vendor)));
  body.set("APAccountRef", reference_to(in_books(world, "Account", "Accounts Payable (A/P)")));
  body.set("Line", lines);
  return add(world, "PurchaseOrder", body);
}

void change(const World& world, const std::string& entity, const Json& object,
            const std::string& member, Json value) {
  const std::string id = object["Id"].text();
  Json now;
  for (const Json& one : world.objects(entity))
    if (one["Id"].text() == id) now = one;
  Json body = Json::object().set("Id", id).set("SyncToken", now["SyncToken"]);
  body.set("sparse", active());
  body.set(member, std::move(value));
  world.admin_write(path_of(entity), body);
}

void consent(const World& world, const std::string& by, const std::string& company) {
  world.control("POST", "consent", R"({"by":")" + by + R"(","company":")" + company + R"("})");
}

} // namespace acceptance
