#pragma once

#include "company/company.hpp"
#include "core/settings/settings.hpp"
#include "directory/directory.hpp"
#include "links/links.hpp"
#include "store/database.hpp"

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace qb::delivery {

// How the directory comes to know what QuickBooks holds (docs/adr/0016).
constexpr std::int64_t change_overlap_s = 300;           // changes may surface late
constexpr std::int64_t change_look_back_s = 29 * 86'400; // Intuit's 30 days, less one
constexpr int change_rows_max = 1000;                    // a fuller answer is cut off

struct Refreshed {
  bool full = false; // everything was read, not only what changed
  int rows = 0;      // read
};

// How much is read. The list of changes does not hold the preferences (is multicurrency on?).
enum class Depth { changes, changes_and_preferences, everything };

// Asks for what changed since the last time; reads everything if that is not known. On failure the
// directory is as it was, but for pages that were already read. Every call is metered.
tl::expected<Refreshed, verdict::Outcome> refresh(company::Company& company, store::Database& store,
                                                  const directory::Directory& directory,
                                                  const settings::Settings& settings, Depth depth,
                                                  erp::Instant now);

// The kinds of objects that the directory keeps: bills only where receipts become bills.
std::vector<qbo::Entity> kept_by(const settings::Settings& settings);
// False: a setting asks for a kind that was not kept until now.
bool keeps_what_is_wanted(const directory::Directory& directory,
                          const settings::Settings& settings);

} // namespace qb::delivery
