#pragma once

#include "plugins/registry.hpp"

namespace host {
class Host;
}

namespace host::plugins {

// How long a version may take over each part of its rehearsal, in seconds.
constexpr int rehearsed_begin_s_max = 20; // create, activate; the interface allows ten for the last
constexpr int rehearsed_work_s_max = 30;
constexpr int rehearsed_end_s_max = 20;

// Of the events that wait for the plugin, the first; of those it had, the last.
constexpr int rehearsed_events_max = 20;

// Of the events a version is handed, so many percent may fail because of it.
constexpr int failed_events_percent_max = 20;

// Runs a version of a plugin in a process of its own, in a home of its own with copies of the
// plugin's data, secrets and settings, without network: begin, are the settings whole, hooks with
// real events, the job once, stop. So whatever it does, it has done nothing: the copies go away.
// A plugin that is not enabled is only asked for its settings. The caller holds the plugin.
// A problem says what went wrong, for a sentence that begins with the plugin's version.
Outcome<void> rehearse(Host& host, const Installed& version, bool enabled);

// The other side: for main() to ask before anything else. The exit code, if this process was
// started to rehearse; else nothing.
std::optional<int> rehearse_if_asked(int argc, char** argv);

} // namespace host::plugins
