#include "core/mapping/difference.hpp"

#include "core/mapping/line_ids.hpp"

#include <algorithm>
#include <map>

namespace qb::mapping {
namespace {

using qbo::Value;

constexpr const char* document_members[] = {"DocNumber", "TxnDate",     "DueDate", "ExchangeRate",
                                            "Name",      "DisplayName", "Active"};
constexpr const char* document_references[] = {"VendorRef", "APAccountRef", "CurrencyRef",
                                               "ClassRef"};
constexpr const char* detail_members[] = {"Qty", "UnitPrice"};
constexpr const char* detail_references[] = {"ItemRef", "AccountRef", "ClassRef", "TaxCodeRef"};

std::string said(const Value* value) {
  if (!value) return {};
  if (const auto number = value->decimal()) return number->trimmed().to_string();
  if (const auto* text = value->text()) return *text;
  if (const auto* number = value->number()) return number->digits;
  if (const bool* boolean = value->boolean()) return *boolean ? "true" : "false";
  return {};
}

// 12.50 and 12.5 are one number.
bool is_same(const Value& a, const Value& b) {
  const auto left = a.decimal(), right = b.decimal();
  return left && right ? *left == *right : said(&a) == said(&b);
}

class Comparison {
 public:
  void member(const std::string& where, const char* name, const Value* wanted,
              const Value* standing) {
    if (!wanted || wanted->is_null()) return;
    if (!standing || !is_same(*wanted, *standing)) add(where, name, said(wanted), said(standing));
  }
  void reference(const std::string& where, const char* name, const Value& wanted,
                 const Value& standing) {
    member(where, name, wanted.find(name, "value"), standing.find(name, "value"));
  }
  void add(const std::string& where, const char* name, std::string wanted, std::string standing) {
    found_.push_back({where, name, std::move(wanted), std::move(standing)});
  }
  std::vector<Difference> take() { return std::move(found_); }

 private:
  std::vector<Difference> found_;
};

void compare_line(Comparison& comparison, const std::string& where, const Value& wanted,
                  const Value& standing) {
  const std::string type = wanted.text_of("DetailType");
  comparison.member(where, "DetailType", wanted.find("DetailType"), standing.find("DetailType"));
  comparison.member(where, "Amount", wanted.find("Amount"), standing.find("Amount"));
  const Value* const detail = wanted.find(type);
  const Value* const there = standing.find(type);
  if (!detail || !there) return;
  for (const char* name : detail_members)
    comparison.member(where, name, detail->find(name), there->find(name));
  for (const char* name : detail_references)
    comparison.reference(where, name, *detail, *there);
}

// QuickBooks adds lines of its own to its answers (a subtotal); they carry no Id.
bool is_a_line(const Value& line) {
  return !line.text_of("Id").empty();
}

} // namespace

std::vector<Difference> differences(const Value& wanted, const Value& standing) {
  Comparison comparison;
  const std::string whole = "the document";
  for (const char* name : document_members)
    comparison.member(whole, name, wanted.find(name), standing.find(name));
  for (const char* name : document_references)
    comparison.reference(whole, name, wanted, standing);
  // An order that should be open may have been closed: QuickBooks does when all of it is billed,
  // and people may at any time.
  if (wanted.text_of("POStatus") == "Closed")
    comparison.member(whole, "POStatus", wanted.find("POStatus"), standing.find("POStatus"));
  if (!wanted.find("Line")) return comparison.take();
  std::vector<const Value*> left;
  for (const Value& line : lines_of(standing))
    if (is_a_line(line)) left.push_back(&line);
  std::size_t place = 0;
  for (const Value& line : lines_of(wanted)) {
    ++place;
    const std::string id = line.text_of("Id");
    const auto there = std::find_if(left.begin(), left.end(), [&](const Value* one) {
      return id.empty() || one->text_of("Id") == id;
    });
    const std::string where = "line " + std::to_string(place);
    if (there == left.end()) {
      comparison.add(where, "Amount", said(line.find("Amount")), "");
      continue;
    }
    compare_line(comparison, where, line, **there);
    left.erase(there);
  }
  for (const Value* line : left)
    comparison.add("line " + line->text_of("Id") + " in QuickBooks", "Amount", "",
                   said(line->find("Amount")));
  return comparison.take();
}

std::vector<Difference> differences(const Billing& billing, const std::string& line_ids_json,
                                    const Value& bill) {
  Comparison comparison;
  const auto ids = line_ids_of(line_ids_json);
  std::map<std::string, const Value*> by_id;
  for (const Value& line : lines_of(bill))
    by_id.emplace(line.text_of("Id"), &line);
  for (const auto& [host_line, part] : billing.lines) {
    const std::string where = "line " + host_line;
    const auto id = ids.find(host_line);
    const auto line = id == ids.end() ? by_id.end() : by_id.find(id->second);
    if (line == by_id.end()) {
      comparison.add(where, "Amount", part.amount.trimmed().to_string(), "");
      continue;
    }
    const Value amount(part.amount);
    comparison.member(where, "Amount", &amount, line->second->find("Amount"));
    const Value* const detail = line->second->find(line->second->text_of("DetailType"));
    if (!part.quantity || !detail || !detail->find("Qty")) continue;
    const Value quantity(*part.quantity);
    comparison.member(where, "Qty", &quantity, detail->find("Qty"));
  }
  return comparison.take();
}

std::string told(const std::vector<Difference>& differences, std::size_t count) {
  std::string words;
  for (std::size_t i = 0; i < std::min(count, differences.size()); ++i) {
    const Difference& one = differences[i];
    words += words.empty() ? "" : "; ";
    if (one.standing.empty())
      words += one.where + " is not there as it should be (" + one.member + " " + one.wanted + ")";
    else if (one.wanted.empty())
      words += one.where + " should not be there (" + one.member + " " + one.standing + ")";
    else
      words += one.member + " of " + one.where + " is " + one.standing + ", not " + one.wanted;
  }
  if (differences.size() > count)
    words += "; and " + std::to_string(differences.size() - count) + " more";
  return words;
}

} // namespace qb::mapping
