#pragma once

#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"

#include <functional>
#include <string>
#include <vector>

// The books of a QuickBooks company out of one JSON object, by the matching rules of the directory:
// {"home_currency":"USD","multicurrency":false,"Account":[...],"Class":[...],
// "Vendor":[...],"Item":[...],"PurchaseOrder":[...],"class_tracking":"line","country":"US","TaxCode":[...],"written":{"purchase_order/1042":{"Id":"257",
// "sent_before":true,"read":true,"lines":{"1":"1"}}}}. Entities are as QuickBooks answers them.
// A bill of ours stands in "written" too, with "order":"purchase_order/1042" and "billing":{...} as
// core/mapping/billing.hpp keeps it. "books_closed_until" and
// "next_open_day_chosen":["receipt/R-1"] may be there. `sent_before`: we wrote it, not only found
// it. `read`: we hold its content.
class Books final : public qb::mapping::References {
 public:
  // Throws std::invalid_argument on what is no such object.
  explicit Books(qb::qbo::Value books);

  qb::mapping::Match account(std::string_view as_typed) const override;
  qb::mapping::Match klass(std::string_view as_typed) const override;
  qb::mapping::Match vendor(const erp::Supplier& supplier) const override;
  qb::mapping::Match item(const erp::Part& part) const override;
  std::vector<qb::qbo::Known> numbered(qb::qbo::Entity entity,
                                       std::string_view number) const override;
  std::optional<qb::mapping::Written> written(std::string_view subject) const override;
  std::vector<qb::mapping::WrittenBill> bills_of(std::string_view order_subject) const override;
  std::optional<erp::Date> books_closed_until() const override;
  bool next_open_day_chosen(std::string_view subject) const override;
  std::string home_currency() const override;
  bool multicurrency() const override;
  qb::mapping::ClassTracking class_tracking() const override;
  bool takes_sparse_updates() const override;
  bool taxes_purchases() const override;
  qb::mapping::Match tax_code(std::string_view as_typed) const override;

 private:
  using Test = std::function<bool(const qb::qbo::Known&)>;
  std::vector<qb::qbo::Known> all(qb::qbo::Entity entity) const;
  qb::mapping::Match first_of(qb::qbo::Entity entity, const std::vector<Test>& steps) const;
  qb::mapping::Match named(qb::qbo::Entity entity, std::string_view as_typed) const;
  std::optional<qb::mapping::Match> linked(const std::string& subject, qb::qbo::Entity entity,
                                           const std::string& host_name) const;

  qb::qbo::Value books_;
};
