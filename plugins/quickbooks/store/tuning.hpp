#pragma once

#include <cstddef>

// Every number of the store, in one place.
namespace qb::store {

constexpr int page_size_bytes = 4096;
constexpr int cache_kib = 8192;
// How long to wait for another process that holds the file. Owners queue before they open it
// (docs/adr/0014), so this covers only one that is just closing it.
constexpr int busy_timeout_ms = 250;
// Most writers one commit takes along.
constexpr std::size_t writers_per_commit_max = 256;
// How long a commit waits for the writers of the last one to come again.
constexpr int gather_us_max = 100;

// The write-ahead log is written once in full length when the file is opened, so that a commit
// overwrites blocks that exist and its fsync has no new block to account for: about half the time
// of one that grows the file.
constexpr int log_frame_bytes = page_size_bytes + 24;
constexpr int log_pages_prepared = 1000;
constexpr long log_prepared_bytes = 32 + static_cast<long>(log_pages_prepared) * log_frame_bytes;
// Pages in the log at which a writer that has time moves them to the main file ...
constexpr int log_pages_at_leisure = 256;
// ... and at which also a hook does.
constexpr int log_pages_max = 900;
// A log that one big transaction made longer is cut back to this.
constexpr long log_kept_bytes = 4 * log_prepared_bytes;

} // namespace qb::store
