#pragma once

#include "plugins/trials.hpp"

namespace host {
class Host;
}

namespace host::plugins {

// Not on fewer events than that.
constexpr std::int64_t judged_events_min = 5;
// So many processes that ended hard while they used it (crashed, or were killed).
constexpr std::int64_t hard_ends_max = 3;

// More than failed_events_percent_max, of at least so many.
bool hooks_fail(const Trial& trial, std::int64_t events_min = judged_events_min);

// When the trial is over, if nothing happens; it begins with the first use. nullopt: not used yet.
std::optional<std::int64_t> ends_at(const Trial& trial, Host& host);

// A version on trial that fails is rolled back, one whose time is over is kept. Before a command
// begins its work; may take as long as a rehearsal.
void look_after_trials(Host& host, std::int64_t now);

// For the opening of a home: undoes an upgrade that was killed, ends a rollback that was, and
// removes what is left over.
Outcome<void> finish_interrupted(Host& host);

} // namespace host::plugins
