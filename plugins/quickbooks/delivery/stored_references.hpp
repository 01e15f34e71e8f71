#pragma once

#include "core/mapping/references.hpp"
#include "directory/directory.hpp"
#include "links/links.hpp"

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
  std::vector<qbo::Known> purchase_orders_numbered(std::string_view doc_number) const override;
  std::optional<mapping::Written> written(std::string_view subject) const override;
  std::string home_currency() const override;
  bool multicurrency() const override;
  mapping::ClassTracking class_tracking() const override;
  bool taxes_purchases() const override;
  mapping::Match tax_code(std::string_view as_typed) const override;

 private:
  std::optional<mapping::Match> linked(const std::string& subject, qbo::Entity entity,
                                       const std::string& host_name) const;
  const directory::Directory& directory_;
  const links::Links& links_;
};

} // namespace qb::delivery
