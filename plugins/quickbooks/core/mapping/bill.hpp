#pragma once

#include "core/mapping/obstacles.hpp"
#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

// A bill as QuickBooks holds it: what may be done to it, and what of it is linked.
namespace qb::mapping {

// Line Ids of a purchase order by host line id.
using LineIds = std::map<std::string, std::string>;

// {"TxnId":..,"TxnType":"PurchaseOrder","TxnLineId":..}, as Intuit asks for all three (manage
// linked transactions; confirmed by what others saw of it).
qbo::Value link_to_order(const std::string& order_id, const std::string& line_id);

// Is a line of the bill linked to that line of the order?
bool links_order_line(const qbo::Value& bill, const std::string& order_id,
                      const std::string& line_id);

// Which of the links that were asked for the answer lacks: positions in `sent`'s Line.
std::vector<std::size_t> dropped_links(const qbo::Value& sent, const qbo::Value& answer);

// Money was paid on it, in part or in full.
bool has_payments(const qbo::Value& bill);

// Our lines laid over those of the standing bill, as of orders (line_ids.hpp). A line that a person
// put in place of ours to link it counts as ours; one that stands there without the link that we
// want is replaced by a new one, since a line cannot be linked afterwards (Intuit, Bill;
// confirmed).
qbo::Value::Array bill_lines_over(const qbo::Value::Array& ours,
                                  const std::vector<std::string>& host_ids,
                                  const qbo::Value& standing, const std::string& line_ids_json);

// The standing bill with nothing changed, as an update begins; Line is left out.
qbo::Value bill_as_it_stands(const Written& written, const qbo::Value& standing);

} // namespace qb::mapping
