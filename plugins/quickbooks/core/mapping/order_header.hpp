#pragma once

#include "core/mapping/obstacles.hpp"
#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"
#include "core/settings/settings.hpp"

#include <optional>
#include <string>

namespace qb::mapping {

// Everything of an order that is ours, but for its lines and its PrivateNote.
struct OrderHeader {
  qbo::Value body;
  std::string vendor_id; // "" if it is not known yet
  // It has no vendor and may have one created (setting missing_supplier).
  std::optional<erp::Supplier> supplier_without_vendor;
};

OrderHeader order_header(const erp::PurchaseOrder& order, const References& references,
                         const settings::Settings& settings, Obstacles& obstacles);

// False, with the obstacle noted, if no price in this currency can be mapped at all.
bool check_currency(const erp::PurchaseOrder& order, const References& references,
                    Obstacles& obstacles);

// Is the ERP's home currency, by its setting, that of the company?
void check_home_currency(const References& references, const settings::Settings& settings,
                         Obstacles& obstacles);

// Does QuickBooks take it as a DocNumber? `is_missing`: the host has no number to make it of.
void check_doc_number(const std::string& number, bool is_missing, Obstacles& obstacles);

// DocNumber by the setting docnumber_format: "{id}", "PO-{number}".
std::string doc_number(const erp::PurchaseOrder& order, const std::string& format);

} // namespace qb::mapping
