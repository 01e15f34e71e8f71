// side_by_side EVENTS.jsonl ORDER_ID QUICKBOOKS_OBJECTS.json
//
// Prints a purchase order as the host sent it next to the one QuickBooks holds, for a person to
// compare. Reads the emulator's raw objects; shares no code with the plugin, so that it believes
// neither side.
#include "erp/sdk/canonical_json.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using nlohmann::json;

struct Row {
  std::string here, there;
};

std::string cut_to(std::string text, std::size_t width) {
  for (char& c : text)
    if (c == '\n') c = ' ';
  if (text.size() > width) text = text.substr(0, width - 2) + "..";
  return text + std::string(width - std::min(width, text.size()), ' ');
}

void print(const std::vector<Row>& rows) {
  constexpr std::size_t width = 56;
  for (const Row& row : rows)
    std::cout << "  " << cut_to(row.here, width) << " | " << row.there << "\n";
}

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  std::string digits = found->dump();
  if (digits.size() > 2 && digits.compare(digits.size() - 2, 2, ".0") == 0)
    digits.resize(digits.size() - 2);
  return digits;
}

std::string name(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return "";
  return found->contains("name") ? text(*found, "name") : text(*found, "value");
}

std::string address(const json& object, const char* key) {
  if (!object.contains(key)) return "";
  std::string out;
  for (const char* member : {"Line1", "Line2", "Line3", "Line4", "City", "CountrySubDivisionCode",
                             "PostalCode", "Country"})
    if (const std::string part = text(object[key], member); !part.empty())
      out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string address(const std::optional<erp::Address>& address) {
  if (!address) return "";
  std::string out;
  for (const auto& part : {address->name, address->line1, address->line2, address->city,
                           address->region, address->postal_code, address->country})
    if (part && !part->empty()) out += (out.empty() ? "" : ", ") + *part;
  return out;
}

std::string line_of(const erp::PurchaseOrderLine& line) {
  std::string out =
      line.part
          ? line.part->number + (line.part->revision ? ", revision " + *line.part->revision : "")
          : line.description.value_or("");
  if (line.quantity && line.unit_cost)
    out += ": " + line.quantity->to_string() + " x " + line.unit_cost->to_string();
  out += " = " + line.total.to_string();
  for (const auto& [key, value] : line.attributes)
    if (value) out += ", " + key + " " + *value;
  return out;
}

std::string line_of(const json& line) {
  const json& detail = line[text(line, "DetailType")];
  std::string out;
  if (detail.contains("ItemRef"))
    out = "item " + name(detail, "ItemRef") + ": " + text(detail, "Qty") + " x " +
          text(detail, "UnitPrice");
  else
    out = "account " + name(detail, "AccountRef") + ": " + text(line, "Description");
  out += " = " + text(line, "Amount");
  if (detail.contains("ClassRef")) out += ", class " + name(detail, "ClassRef");
  return out;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: side_by_side EVENTS.jsonl ORDER_ID QUICKBOOKS_OBJECTS.json\n";
    return 1;
  }
  std::optional<erp::PurchaseOrder> order;
  std::ifstream events(argv[1]);
  for (std::string line; std::getline(events, line);)
    if (const auto event = erp::event_from_json(line))
      if (const auto* found = std::get_if<erp::PurchaseOrder>(&event->document);
          found && found->id == argv[2])
        order = *found;
  std::ifstream file(argv[3]);
  const json objects = json::parse(file, nullptr, false);
  if (!order || !objects.is_array()) {
    std::cerr << "side_by_side: " << (order ? argv[3] : argv[1])
              << " does not hold what was asked for\n";
    return 1;
  }
  int found = 0;
  for (const json& held : objects) {
    if (text(held, "DocNumber") != order->id) continue;
    ++found;
    std::vector<Row> rows = {
        {"THE HOST SENT", "QUICKBOOKS HOLDS"},
        {"Purchase order " + order->id, "PurchaseOrder " + text(held, "DocNumber") + " (Id " +
                                            text(held, "Id") + ", " + text(held, "POStatus") + ")"},
        {"Supplier " + order->supplier.name, "Vendor " + name(held, "VendorRef")},
        {"", "A/P account " + name(held, "APAccountRef")},
        {"Ordered " + (order->ordered_on ? erp::to_string(*order->ordered_on) : "") +
             (order->due_on ? ", due " + erp::to_string(*order->due_on) : ""),
         "Dated " + text(held, "TxnDate") + ", due " + text(held, "DueDate")},
        {"Currency " + order->currency,
         "Currency " + (held.contains("CurrencyRef") ? text(held["CurrencyRef"], "value") : "")},
        {"Ship to " + address(order->ship_to), "Ship to " + address(held, "ShipAddr")},
        {"Memo " + order->memo.value_or(""), "Memo " + text(held, "Memo")},
        {"Reference " + order->reference.value_or(""),
         "Private note " + text(held, "PrivateNote")}};
    for (char& c : rows.back().there)
      if (c == '\n') c = ' ';
    std::size_t index = 0;
    for (const auto& line : order->lines)
      rows.push_back({line_of(line),
                      index < held["Line"].size() ? line_of(held["Line"][index++]) : "missing"});
    for (const auto& fee : order->fees)
      rows.push_back({"Fee " + fee.name + " = " + fee.amount.to_string(),
                      index < held["Line"].size() ? line_of(held["Line"][index++]) : "missing"});
    rows.push_back({"", "Total " + text(held, "TotalAmt")});
    print(rows);
  }
  std::cout << "\n  " << found << " purchase order" << (found == 1 ? "" : "s")
            << " with the number " << order->id << " in QuickBooks.\n";
  return found == 1 ? 0 : 1;
}
