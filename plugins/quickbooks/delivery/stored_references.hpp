#pragma once

#include "core/mapping/references.hpp"
#include "directory/directory.hpp"
#include "links/links.hpp"

#include <set>
#include <string>

namespace qb::delivery {

// What mapping may ask, answered from the directory and the links. A link beats a name: QuickBooks'
// people may rename what we linked, and it stays the same thing.
class StoredReferences : public mapping::References {
 public:
  StoredReferences(const directory::Directory& directory, const links::Links& links)
      : directory_(directory), links_(links) {}

  mapping::Match account(std::string_view as_typed) const override;
  mapping::Match klass(std::string_view as_typed) const override;
  mapping::Match vendor(const erp::Supplier& supplier) const override;
  mapping::Match item(const erp::Part& part) const override;
  std::vector<qbo::Known> numbered(qbo::Entity entity, std::string_view doc_number) const override;
  std::optional<mapping::Written> written(std::string_view subject) const override;
  std::vector<mapping::WrittenBill> bills_of(std::string_view order_subject) const override;
  std::optional<erp::Date> books_closed_until() const override;
  bool next_open_day_chosen(std::string_view subject) const override;

  // The object of this subject was read a moment ago; what was read for another document is not
  // taken for fresh.
  void has_read(const std::string& subject) { just_read_.insert(subject); }
  void forget_reads() { just_read_.clear(); }

  // Names of facts that the directory keeps.
  static constexpr const char* books_closed_fact = "books_closed_until";
  static constexpr const char* sparse_refused_fact = "sparse_refused";
  static constexpr const char* next_open_day_prefix = "next_open_day/";
  std::string home_currency() const override;
  bool multicurrency() const override;
  mapping::ClassTracking class_tracking() const override;
  bool takes_sparse_updates() const override;
  bool taxes_purchases() const override;
  mapping::Match tax_code(std::string_view as_typed) const override;

 protected:
  // What of a link planning is told.
  virtual mapping::Written written_of(const links::Link& link) const;

 private:
  std::optional<mapping::Match> linked(const std::string& subject, qbo::Entity entity,
                                       const std::string& host_name) const;
  std::set<std::string, std::less<>> just_read_;
  const directory::Directory& directory_;
  const links::Links& links_;
};

} // namespace qb::delivery
