#pragma once

#include "core/settings/settings.hpp"
#include "core/verdict/words.hpp"
#include "delivery/stored_references.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qb::delivery {

// The users' own fields of order lines, as the host tells of them ("erp.attributes/1"): JSON, as it
// stands in that header. Both empty: the host offers no such service.
struct HostAttributes {
  std::function<std::string()> list;                                      // of names
  std::function<std::optional<std::string>(const std::string&)> describe; // nullopt: there is none
};

// Are the attributes that the settings name there, exactly so, and of the kind select? Does
// QuickBooks know each option they offer? What does not fit, one issue an attribute and kind of
// trouble; looks at the directory only. A host that has no attribute at all is not asked further.
std::vector<verdict::IssueWords> attribute_troubles(const settings::Settings& settings,
                                                    const HostAttributes& host,
                                                    const StoredReferences& references);

// The causes of the above begin so.
constexpr const char* attribute_prefix = "attribute_";

} // namespace qb::delivery
