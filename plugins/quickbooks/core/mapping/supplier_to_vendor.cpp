#include "core/mapping/supplier_to_vendor.hpp"

#include "core/mapping/address.hpp"
#include "core/mapping/standing.hpp"
#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

namespace qb::mapping {
namespace {

void check_name(const std::string& name, Obstacles& obstacles) {
  if (limits::length_of(name) > limits::vendor_name)
    obstacles.add(ObstacleKind::supplier_name_refused, name, "", "supplier name",
                  "at most " + std::to_string(limits::vendor_name) + " characters");
  else if (name.empty())
    obstacles.add(ObstacleKind::supplier_name_refused, name, "", "supplier name", "a name");
  // No colon, tab or line break (Intuit, Vendor.DisplayName; confirmed).
  else if (name.find(':') != std::string::npos || has_control_character(name))
    obstacles.add(ObstacleKind::supplier_name_refused, name, "", "supplier name",
                  "no colon, tab or line break");
}

// What is ours in a vendor. Never balance or currency of one that exists, nor tax ids: Intuit hands
// those out masked, and a masked one that is sent back destroys the real one.
qbo::Value own_members(const erp::Supplier& supplier, const std::string& name,
                       Obstacles& obstacles) {
  qbo::Value body = qbo::Value::object();
  body.set("DisplayName", name);
  if (limits::length_of(name) <= limits::company_name) body.set("CompanyName", name);
  if (const auto email = usable_email(supplier.email))
    body.set("PrimaryEmailAddr", qbo::Value::object().set("Address", *email));
  if (supplier.address)
    if (auto address = physical_address("", *supplier.address, "supplier address", obstacles))
      body.set("BillAddr", std::move(*address));
  return body;
}

} // namespace

Plan supplier_to_vendor(const erp::Event& event, bool derived, const References& references,
                        const settings::Settings& settings) {
  const erp::Supplier& supplier = std::get<erp::Supplier>(event.document);
  if (!derived && !settings.sync_suppliers) return Nothing{"sync_suppliers=off"};
  const std::string name = vendor_name(supplier);
  const Match match = references.vendor(supplier);
  const bool found = match.result == Match::Result::found;
  const bool report = settings.missing_supplier == settings::MissingSupplier::report;
  if (found && (derived || report)) return Known{match.known, name};
  if (report) return Nothing{"missing_supplier=report: suppliers are kept in QuickBooks by hand"};

  Obstacles obstacles;
  if (match.result == Match::Result::ambiguous)
    obstacles.add(ObstacleKind::supplier_ambiguous, name, "", "supplier", {}, match.candidates);
  if (match.result == Match::Result::inactive)
    obstacles.add(ObstacleKind::supplier_inactive, name, "", "supplier");
  if (!obstacles.none()) return Blocked{obstacles.take()};

  // A vendor that somebody made in QuickBooks stays as it is; one of ours follows the host.
  const auto written = references.written(erp::subject_of(event));
  const bool ours = written && !written->entity_id.empty() && written->is_ours();
  if (found && !(ours && written->entity_id == match.known.id)) return Known{match.known, name};

  check_name(name, obstacles);
  qbo::Value body = own_members(supplier, name, obstacles);
  if (!obstacles.none()) return Blocked{obstacles.take()};
  Send send;
  send.entity = qbo::Entity::vendor;
  send.content = qbo::write(body);
  send.host_name = name;
  if (ours) { // found again, or renamed in the host
    send.entity_id = written->entity_id;
    if (!references.takes_sparse_updates()) {
      auto whole = whole_update(*written, body);
      if (!whole) return ReadFirst{qbo::Entity::vendor, written->entity_id};
      send.body = std::move(*whole);
      return send;
    }
    body.set("Id", written->entity_id);
    body.set("SyncToken", found ? match.known.sync_token : written->sync_token);
    body.set("sparse", true);
  } else if (references.multicurrency() && supplier.currency) {
    body.set("CurrencyRef", qbo::reference_to(*supplier.currency));
  }
  send.body = std::move(body);
  return send;
}

} // namespace qb::mapping
