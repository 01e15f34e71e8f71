#pragma once

#include "core/mapping/plan.hpp"
#include "core/mapping/references.hpp"

#include <string>
#include <utility>
#include <vector>

namespace qb::mapping {

// One question that mapping asked while it planned a document.
struct Lookup {
  enum class What { account, klass, item, vendor, tax_code };
  What what = What::account;
  std::string said; // the word as typed; of a part or a supplier the name derived from it
  Match match;
};

// Answers as Base does, and notes what was asked: the reasons of a plan, told by the planning
// itself and not by a second set of rules.
template <class Base>
class NotedReferences final : public Base {
 public:
  using Base::Base;

  Match account(std::string_view as_typed) const override {
    return noted(Lookup::What::account, std::string(as_typed), Base::account(as_typed));
  }
  Match klass(std::string_view as_typed) const override {
    return noted(Lookup::What::klass, std::string(as_typed), Base::klass(as_typed));
  }
  Match tax_code(std::string_view as_typed) const override {
    return noted(Lookup::What::tax_code, std::string(as_typed), Base::tax_code(as_typed));
  }
  Match item(const erp::Part& part) const override {
    return noted(Lookup::What::item, item_name(part), Base::item(part));
  }
  Match vendor(const erp::Supplier& supplier) const override {
    return noted(Lookup::What::vendor, vendor_name(supplier), Base::vendor(supplier));
  }

  const std::vector<Lookup>& lookups() const { return lookups_; }

 private:
  Match noted(Lookup::What what, std::string said, Match match) const {
    lookups_.push_back({what, std::move(said), match});
    return match;
  }

  mutable std::vector<Lookup> lookups_;
};

} // namespace qb::mapping
