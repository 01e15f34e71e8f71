#pragma once

#include "plugins/registry.hpp"

#include <SQLiteCpp/Statement.h>

// How an Installed lies in host.db: its columns, the same in `plugin` and `former_plugin`.
namespace host::plugins {

extern const std::string installed_columns; // "id, name, ..."; all but `enabled`
extern const std::string installed_values;  // "?1, ?2, ..."; ?1 is the id

// From a query of installed_columns, and what there is behind them.
Installed read_installed(SQLite::Statement& row);
constexpr int columns_of_installed = 11;

void bind_installed(SQLite::Statement& statement, const Installed& plugin);

} // namespace host::plugins
