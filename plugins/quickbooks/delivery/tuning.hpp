#pragma once

#include <cstddef>
#include <cstdint>

// Every wait and bound of delivering, in one place.
namespace qb::delivery {

constexpr int claim_count_max = 30; // entries claimed at once; Intuit's limit for a batch, too
// So many documents must be ready together before a batch is worth it: single writes are not
// metered, a batch may be (reference: unconfirmed).
constexpr int batch_count_min = 10;
// A larger document goes alone: the whole call has 120 seconds (Intuit, confirmed).
constexpr std::size_t batch_item_max_bytes = 32 * 1024;
constexpr std::int64_t lease_us = 300'000'000; // longer than one call may take (125 s)
constexpr int replans_max = 6; // reads, adoptions and stale answers within one claim
// A request whose outcome is unknown for longer than this is looked up before it is sent again: how
// long QuickBooks remembers a request id is not published (reference s.2.4).
constexpr std::int64_t reconcile_after_us = 15LL * 60 * 1'000'000;
// QuickBooks cuts a call off after 120 seconds (Intuit, limits; confirmed): so long after it was
// noted as sent it has done what it will ever do of it. The rest is for a slow disk that takes the
// note and for ten seconds of connecting.
constexpr std::int64_t call_runs_max_us = 150LL * 1'000'000;
// A due time further ahead than any pause we make was reckoned by a clock that was wrong.
constexpr std::int64_t pause_max_us = 3'700LL * 1'000'000;
// How long nothing is tried after QuickBooks refused the company as a whole.
constexpr std::int64_t company_hold_us = 300LL * 1'000'000;
constexpr std::int64_t changes_every_us = 3'600LL * 1'000'000; // CDC while there is work
// And while there is none: what people choose from is never older than a day.
constexpr std::int64_t changes_every_when_idle_us = 86'400LL * 1'000'000;
constexpr std::int64_t changes_every_when_blocked_us =
    60LL * 1'000'000; // CDC while a cure may come from there
// What QuickBooks refused although its data says nothing against it is sent again after so long.
constexpr std::int64_t refused_again_after_us = 3'600LL * 1'000'000;

} // namespace qb::delivery
