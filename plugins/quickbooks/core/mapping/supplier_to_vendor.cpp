#include "core/mapping/supplier_to_vendor.hpp"

#include "core/mapping/address.hpp"
#include "core/mapping/text_limits.hpp"

namespace qb::mapping {

Plan supplier_to_vendor(const erp::Event& event, bool derived, const References& references,
                        const settings::Settings& settings) {
  const erp::Supplier& supplier = std::get<erp::Supplier>(event.document);
  const Match match = references.vendor(supplier);
  Obstacles obstacles;
  if (match.result == Match::Result::ambiguous)
    obstacles.add(ObstacleKind::supplier_ambiguous, supplier.name, "", "supplier", {},
                  match.candidates);
  if (match.result == Match::Result::inactive)
    obstacles.add(ObstacleKind::supplier_inactive, supplier.name, "", "supplier");
  if (!obstacles.none()) return Blocked{obstacles.take()};
  if (match.result == Match::Result::found) return Known{match.known, supplier.name};
  if (!derived || settings.missing_supplier == settings::MissingSupplier::report)
    return Nothing{"missing_supplier=report: suppliers are created in QuickBooks by hand"};

  qbo::Value body = qbo::Value::object();
  body.set("DisplayName",
           obstacles.within(supplier.name, limits::vendor_name, "", "supplier name"));
  if (limits::length_of(supplier.name) <= limits::company_name)
    body.set("CompanyName", supplier.name);
  if (supplier.email && is_email(*supplier.email) &&
      limits::length_of(*supplier.email) <= limits::email)
    body.set("PrimaryEmailAddr", qbo::Value::object().set("Address", *supplier.email));
  if (supplier.address)
    if (auto address = physical_address("", *supplier.address, "supplier address", obstacles))
      body.set("BillAddr", std::move(*address));
  // A vendor's currency is fixed at creation (Intuit, Vendor; confirmed).
  if (references.multicurrency() && supplier.currency)
    body.set("CurrencyRef", qbo::Value::object().set("value", *supplier.currency));
  if (!obstacles.none()) return Blocked{obstacles.take()};
  Send send;
  send.entity = qbo::Entity::vendor;
  send.content = qbo::write(body);
  send.body = std::move(body);
  send.host_name = supplier.name;
  return send;
}

} // namespace qb::mapping
