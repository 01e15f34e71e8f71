#include "change.hpp"

#include <map>

namespace emulator::books {
namespace {

Decimal sum_of_lines(const Value& body) {
  Decimal sum = Decimal{}.rounded(2);
  for (const auto& line : body.list_of("Line"))
    sum = sum + line.number_of("Amount");
  return sum;
}

/// Rates of a tax code for purchases; nothing when the code is for sales only.
std::optional<std::vector<const Record*>> purchase_rates(const Company& company,
                                                         const Record& code) {
  const auto* list = code.body.find("PurchaseTaxRateList");
  if (!list) return std::nullopt;
  std::vector<const Record*> rates;
  for (const auto& entry : list->list_of("TaxRateDetail"))
    if (const auto* rate = company.find(Entity::tax_rate, entry.ref_of("TaxRateRef")))
      rates.push_back(rate);
  return rates;
}

struct TaxSum {
  Decimal base, tax;
};

/// Sums what each rate applies to, and the tax that came with gross amounts.
Objection collect(const Company& company, const Value& body,
                  std::map<std::uint64_t, TaxSum>& sums) {
  const bool inclusive = body.text_of("GlobalTaxCalculation") == "TaxInclusive";
  for (const auto& line : body.list_of("Line")) {
    const auto type = line.text_of("DetailType");
    const auto& detail = *line.find(type);
    if (type == "ItemBasedExpenseLineDetail" && !detail.find("ItemRef")) continue;
    const auto id = detail.ref_of("TaxCodeRef");
    if (id.empty())
      return faults::business("Make sure all your transactions have a tax rate before you save.");
    const auto* code = company.find(Entity::tax_code, id);
    if (!code) return faults::dangling("TaxCodes", id, "Line." + type + ".TaxCodeRef");
    const auto rates = purchase_rates(company, *code);
    if (!rates)
      return faults::coded("6470", "Tax not allowed",
                           "The tax code " + code->body.text_of("Name") +
                               " has no purchase tax rate.");
    for (const auto* rate : *rates) {
      auto& sum = sums[rate->id];
      const auto percent = rate->body.number_of("RateValue");
      const auto net = line.number_of("Amount");
      sum.base = sum.base + net;
      const bool gross_known = inclusive && detail.find("TaxInclusiveAmt") && rates->size() == 1;
      const auto tax = gross_known ? detail.number_of("TaxInclusiveAmt") - net
                                   : Decimal::quotient(net * percent, Decimal{100}, 6);
      sum.tax = sum.tax + tax;
    }
  }
  return {};
}

Value tax_line(const Company& company, std::uint64_t rate_id, const TaxSum& sum) {
  const auto* rate = company.find(Entity::tax_rate, std::to_string(rate_id));
  Value detail = Value::object();
  detail.set("TaxRateRef", reference_to(std::to_string(rate_id)));
  detail.set("PercentBased", true);
  detail.set("TaxPercent", rate->body.number_of("RateValue"));
  detail.set("NetAmountTaxable", sum.base.rounded(2));
  Value line = Value::object();
  line.set("Amount", sum.tax.rounded(2));
  line.set("DetailType", "TaxLineDetail");
  line.set("TaxLineDetail", std::move(detail));
  return line;
}

/// A client may bring its own tax lines; they are taken as they are.
bool overridden(const Change& change) {
  const auto* detail = change.sent.find("TxnTaxDetail");
  return detail && !detail->list_of("TaxLine").empty();
}

} // namespace

Objection settle_purchase_tax(const Company& company, Change& change) {
  auto& body = change.body;
  const auto net = sum_of_lines(body);
  body.set("TotalAmt", net);
  if (company.region == Region::us) {
    // Purchases carry no tax in the US, and GlobalTaxCalculation does not apply there.
    body.erase("GlobalTaxCalculation");
    body.erase("TxnTaxDetail");
    return {};
  }
  const auto mode = body.text_of("GlobalTaxCalculation");
  if (mode.empty()) return faults::missing("GlobalTaxCalculation");
  if (mode == "NotApplicable") {
    if (change.sent.find("TxnTaxDetail"))
      return faults::coded("6170", "Tax detail not applicable",
                           "TxnTaxDetail cannot go with GlobalTaxCalculation NotApplicable.");
    body.erase("TxnTaxDetail");
    return {};
  }
  std::map<std::uint64_t, TaxSum> sums;
  if (auto objection = collect(company, body, sums)) return objection;
  Decimal total = Decimal{}.rounded(2);
  Value detail = Value::object();
  if (overridden(change)) {
    detail = *change.sent.find("TxnTaxDetail");
    for (const auto& line : detail.list_of("TaxLine"))
      total = total + line.number_of("Amount").rounded(2);
  } else {
    for (const auto& [rate, sum] : sums) {
      total = total + sum.tax.rounded(2);
      if (!detail.find("TaxLine")) detail.set("TaxLine", Value::list());
      detail.find("TaxLine")->append(tax_line(company, rate, sum));
    }
  }
  detail.set("TotalTax", total);
  body.set("TxnTaxDetail", std::move(detail));
  body.set("TotalAmt", net + total);
  return {};
}

} // namespace emulator::books
