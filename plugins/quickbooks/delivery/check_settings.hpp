#pragma once

#include "core/settings/settings.hpp"
#include "core/verdict/words.hpp"
#include "delivery/check_attributes.hpp"
#include "delivery/stored_references.hpp"
#include "store/database.hpp"

#include <string>
#include <vector>

namespace qb::delivery {

struct SettingsChecked {
  std::vector<verdict::IssueWords> failing; // each is an open issue now
  std::vector<std::string> mended; // causes of issues of earlier checks that are closed now
};

// Are the accounts and the tax code of the settings in QuickBooks, and of the right kind? Does the
// company keep classes, if lines have some? Each failure is an issue
// that stands until a later check finds it gone. Looks at the directory only.
SettingsChecked check_settings(store::Database& store, const settings::Settings& settings,
                               const StoredReferences& references, const HostAttributes& host,
                               erp::Instant now);

} // namespace qb::delivery
