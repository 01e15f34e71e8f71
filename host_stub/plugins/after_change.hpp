#pragma once

#include <string>

namespace host {
class Host;
}

namespace host::plugins {

constexpr const char* change_notice = "upgrade"; // the one notice about a plugin's versions

// Raises it, in the log too; no secret of the plugin is in it.
void tell_of_change(Host& host, const std::string& id, const std::string& title,
                    const std::string& words);

// Removes the versions on the disk that are neither a plugin's present one nor a former one. Only
// while none is being installed.
void sweep(Host& host);

} // namespace host::plugins
